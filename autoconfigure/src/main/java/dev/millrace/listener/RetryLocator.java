package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out where partitions of a retry topic are to be read. Only the consumer's thread
 * calls.
 */
final class RetryLocator {

	/**
	 * How long the consumer's thread waits for an answer of the broker.
	 */
	static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Log logger = LogFactory.getLog(RetryLocator.class);

	private static final long WHILE_MISSING = TimeUnit.SECONDS.toNanos(10);

	private final String topic;

	private final Consumer<?, ?> consumer;

	RetryLocator(String topic, Consumer<?, ?> consumer) {
		this.topic = topic;
		this.consumer = consumer;
	}

	/**
	 * Look for the committed offsets and the ends.
	 * @param client reads the retry topic
	 * @param partitions the partitions
	 * @param now the time
	 * @return those that were found
	 */
	List<RetryPartition> locate(Consumer<?, ?> client, List<RetryPartition> partitions, long now) {
		if (partitions.isEmpty()) {
			return List.of();
		}
		int count = client.partitionsFor(this.topic, TIMEOUT).size();
		List<RetryPartition> existing = new ArrayList<>();
		for (RetryPartition partition : partitions) {
			if (partition.retries().partition() < count) {
				existing.add(partition);
			}
			else {
				logger.error(("%s is not read, because the retry topic '%s' has only %d partitions and the order"
						+ " could not be kept: add partitions to it")
					.formatted(partition.source(), this.topic, count));
				partition.postpone(now + WHILE_MISSING);
			}
		}
		Set<TopicPartition> retries = new HashSet<>();
		existing.forEach((partition) -> retries.add(partition.retries()));
		Map<TopicPartition, Long> begins = begins(client, retries);
		Map<TopicPartition, Long> ends = client.endOffsets(retries, TIMEOUT);
		existing.forEach((partition) -> partition.found(Objects.requireNonNull(begins.get(partition.retries())),
				Objects.requireNonNull(ends.get(partition.retries()))));
		return existing;
	}

	// Without an order to keep, the group of the client has committed.
	private Map<TopicPartition, Long> begins(Consumer<?, ?> client, Set<TopicPartition> partitions) {
		Map<TopicPartition, Long> begins = new HashMap<>();
		add(begins, this.consumer.committed(partitions, TIMEOUT));
		Set<TopicPartition> left = new HashSet<>(partitions);
		left.removeAll(begins.keySet());
		if (!left.isEmpty()) {
			add(begins, client.committed(left, TIMEOUT));
			left.removeAll(begins.keySet());
			begins.putAll(client.beginningOffsets(left, TIMEOUT));
		}
		return begins;
	}

	private static void add(Map<TopicPartition, Long> begins, Map<TopicPartition, OffsetAndMetadata> committed) {
		committed.forEach((partition, offset) -> {
			if (offset != null) {
				begins.put(partition, offset.offset());
			}
		});
	}

}
