package dev.millrace.test.fault;

import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.core.ConsumerFactory;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

/**
 * Has groups rebalance, by one more member that comes and goes.
 */
public final class Rebalance {

	private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

	private static final Duration POLL = Duration.ofMillis(20);

	private final ConsumerFactory<byte[], byte[]> consumers;

	/**
	 * Create what has groups rebalance.
	 * @param consumers makes the member
	 */
	public Rebalance(ConsumerFactory<byte[], byte[]> consumers) {
		this.consumers = consumers;
	}

	/**
	 * Join the group of a subscriber, and leave it.
	 * @param endpoint the subscriber
	 */
	public void of(SubscriberEndpoint endpoint) {
		if (endpoint.subscription() instanceof Subscription.Partitions) {
			throw new IllegalArgumentException(
					"%s reads fixed partitions, which no rebalance takes away. Subscribe to topics instead."
						.formatted(endpoint.describe()));
		}
		Properties properties = new Properties();
		properties.putAll(endpoint.consumer().properties());
		properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
		// It is closed when it has joined, which would wait for records to come.
		properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "0");
		properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
		try (Consumer<byte[], byte[]> member = this.consumers.createConsumer(endpoint.consumer().groupId(), "visitor",
				null, properties)) {
			Pattern pattern = endpoint.subscription().pattern();
			if (pattern != null) {
				member.subscribe(pattern);
			}
			else {
				member.subscribe(endpoint.subscription().topics());
			}
			long deadline = System.nanoTime() + PATIENCE_NANOS;
			while (member.groupMetadata().generationId() < 1) {
				if (System.nanoTime() - deadline > 0) {
					throw new IllegalStateException("The group of %s has not taken in another member within a minute"
						.formatted(endpoint.describe()));
				}
				member.poll(POLL);
			}
		}
	}

}
