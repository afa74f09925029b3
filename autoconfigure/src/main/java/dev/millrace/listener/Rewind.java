package dev.millrace.listener;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a consumer goes on whose position is ahead of what it has committed. Only the
 * consumer's thread calls.
 */
final class Rewind {

	private final Map<TopicPartition, Long> positions = new HashMap<>();

	private final Consumer<?, ?> consumer;

	private final OwnedPartitions owned;

	private boolean uncertain;

	Rewind(Consumer<?, ?> consumer, OwnedPartitions owned) {
		this.consumer = consumer;
		this.owned = owned;
	}

	void to(TopicPartition partition, long position) {
		this.positions.put(partition, position);
	}

	/**
	 * Take note that records were committed.
	 * @param partition the partition
	 * @param position the offset of the first record that was not
	 */
	void reached(TopicPartition partition, long position) {
		this.positions.put(partition, position);
	}

	/**
	 * Ask the broker what is committed, because it is not known.
	 */
	void ask() {
		this.uncertain = true;
	}

	boolean isPending() {
		return !this.positions.isEmpty();
	}

	boolean isUncertain() {
		return this.uncertain && isPending();
	}

	void forget(Collection<TopicPartition> partitions) {
		this.positions.keySet().removeAll(partitions);
	}

	/**
	 * Move the consumer. When that fails, it can be tried again.
	 */
	void run() {
		this.positions.keySet().retainAll(this.owned.get());
		Map<TopicPartition, OffsetAndMetadata> committed = isUncertain()
				? this.consumer.committed(this.positions.keySet()) : Map.of();
		this.positions.forEach((partition, position) -> {
			OffsetAndMetadata offset = committed.get(partition);
			seek(partition, (offset != null) ? offset.offset() : position);
		});
		this.positions.clear();
		this.uncertain = false;
	}

	// A seek throws away what has been fetched ahead.
	private void seek(TopicPartition partition, long position) {
		if (this.consumer.position(partition) != position) {
			this.consumer.seek(partition, position);
		}
	}

}
