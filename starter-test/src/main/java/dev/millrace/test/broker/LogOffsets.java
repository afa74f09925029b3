package dev.millrace.test.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks offsets up.
 */
final class LogOffsets {

	private final BrokerState broker;

	private final boolean committedOnly;

	LogOffsets(BrokerState broker, boolean committedOnly) {
		this.broker = broker;
		this.committedOnly = committedOnly;
	}

	Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
		return look(partitions, PartitionLog::startOffset);
	}

	Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
		return look(partitions, (log) -> log.endOffset(this.committedOnly));
	}

	Map<TopicPartition, @Nullable OffsetAndTimestamp> since(Map<TopicPartition, Long> timestamps) {
		Map<TopicPartition, Optional<OffsetAndTimestamp>> found = new HashMap<>();
		timestamps.forEach((partition, timestamp) -> {
			if (timestamp < 0) {
				throw new IllegalArgumentException(
						"The target time for partition %s is %d. The target time cannot be negative."
							.formatted(partition, timestamp));
			}
		});
		look(timestamps.keySet(), (log) -> found.put(log.partition(),
				log.firstSince(timestamps.getOrDefault(log.partition(), 0L), this.committedOnly)));
		Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = new HashMap<>();
		found.forEach((partition, offset) -> offsets.put(partition, offset.orElse(null)));
		return offsets;
	}

	private <T> Map<TopicPartition, T> look(Collection<TopicPartition> partitions, Function<PartitionLog, T> what) {
		return this.broker.lock().call(() -> {
			Map<TopicPartition, T> offsets = new HashMap<>();
			for (TopicPartition partition : partitions) {
				PartitionLog log = this.broker.topics().log(partition);
				if (log == null) {
					// The real one asks again and again until it gives up.
					throw new TimeoutException("Failed to get offsets by times: there is no partition " + partition);
				}
				offsets.put(partition, what.apply(log));
			}
			return offsets;
		});
	}

}
