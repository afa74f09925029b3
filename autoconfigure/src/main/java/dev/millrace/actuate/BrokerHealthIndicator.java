package dev.millrace.actuate;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the connection: up when the brokers answer in time. One client asks them all
 * along, which is made when it is first needed.
 */
public final class BrokerHealthIndicator extends AbstractHealthIndicator implements AutoCloseable {

	private final Supplier<Admin> admins;

	private final Duration timeout;

	private @Nullable Admin admin;

	private boolean closed;

	/**
	 * Create an indicator.
	 * @param admins makes its admin client
	 * @param timeout how long to wait for an answer
	 */
	public BrokerHealthIndicator(Supplier<Admin> admins, Duration timeout) {
		super("No Kafka broker has answered");
		this.admins = admins;
		this.timeout = timeout;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws Exception {
		DescribeClusterResult cluster = admin()
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

	private synchronized Admin admin() {
		if (this.closed) {
			throw new IllegalStateException("The application has ended");
		}
		Admin admin = this.admin;
		if (admin == null) {
			admin = this.admins.get();
			this.admin = admin;
		}
		return admin;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
		}
	}

}
