package dev.millrace.listener;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices when a consumer has moved on without records: behind the markers of
 * transactions, which are not handed out. Only the consumer's thread calls.
 */
final class OffsetGaps {

	private final Map<TopicPartition, Long> committed = new HashMap<>();

	private final Consumer<?, ?> consumer;

	private final Duration interval;

	private long lastNanos = System.nanoTime();

	OffsetGaps(Consumer<?, ?> consumer, Duration interval) {
		this.consumer = consumer;
		this.interval = interval;
	}

	void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
		offsets.forEach((partition, offset) -> this.committed.put(partition, offset.offset()));
	}

	void forget(Collection<TopicPartition> partitions) {
		this.committed.keySet().removeAll(partitions);
	}

	/**
	 * Look, unless that was done a moment ago. Call it when everything that was polled is
	 * committed.
	 * @return the offsets that are to be committed
	 */
	Map<TopicPartition, OffsetAndMetadata> due() {
		long now = System.nanoTime();
		Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>();
		if (now - this.lastNanos >= this.interval.toNanos()) {
			this.lastNanos = now;
			this.committed.forEach((partition, offset) -> {
				long position = position(partition);
				if (position > offset) {
					behind.put(partition, new OffsetAndMetadata(position));
				}
			});
		}
		return behind;
	}

	private long position(TopicPartition partition) {
		try {
			return this.consumer.position(partition, Duration.ZERO);
		}
		catch (KafkaException | IllegalStateException ex) {
			// Not known without asking the broker, or not ours any more: next time.
			return -1;
		}
	}

}
