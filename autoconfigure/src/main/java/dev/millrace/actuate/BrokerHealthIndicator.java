package dev.millrace.actuate;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaFuture;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the connection: up when the brokers answer in time.
 */
public final class BrokerHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<Admin> admin;

	private final Duration timeout;

	/**
	 * Create an indicator.
	 * @param admin has the client that asks
	 * @param timeout how long to wait for an answer
	 */
	public BrokerHealthIndicator(Supplier<Admin> admin, Duration timeout) {
		super("No Kafka broker has answered");
		this.admin = admin;
		this.timeout = timeout;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws Exception {
		DescribeClusterResult cluster = this.admin.get()
			.describeCluster(new DescribeClusterOptions().timeoutMs(Math.toIntExact(this.timeout.toMillis())));
		try {
			builder.up()
				.withDetail("clusterId", get(cluster.clusterId()))
				.withDetail("nodes", get(cluster.nodes()).size());
		}
		catch (ExecutionException ex) {
			builder.down((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	// The client has the same limit, but may be busy with something else.
	private <T> T get(KafkaFuture<T> future) throws Exception {
		return future.get(this.timeout.toMillis() + 100, TimeUnit.MILLISECONDS);
	}

}
