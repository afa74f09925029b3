package dev.millrace.test.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of a group: those that are committed, and those in transactions that are
 * not ended yet. Guarded by the broker's lock.
 */
final class GroupOffsets {

	private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

	private final Map<Long, Map<TopicPartition, OffsetAndMetadata>> pending = new HashMap<>();

	Map<TopicPartition, OffsetAndMetadata> committed() {
		return this.committed;
	}

	/**
	 * Look offsets up.
	 * @param partitions whose offsets
	 * @return the offsets, {@code null} for partitions that have none
	 */
	Map<TopicPartition, @Nullable OffsetAndMetadata> find(Collection<TopicPartition> partitions) {
		Map<TopicPartition, @Nullable OffsetAndMetadata> found = new HashMap<>();
		partitions.forEach((partition) -> found.put(partition, this.committed.get(partition)));
		return found;
	}

	void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
		this.committed.putAll(offsets);
	}

	void commit(Map<TopicPartition, OffsetAndMetadata> offsets, long producerId) {
		this.pending.computeIfAbsent(producerId, (id) -> new HashMap<>()).putAll(offsets);
	}

	void end(long producerId, boolean committed) {
		Map<TopicPartition, OffsetAndMetadata> offsets = this.pending.remove(producerId);
		if (offsets != null && committed) {
			this.committed.putAll(offsets);
		}
	}

	boolean isPending(Collection<TopicPartition> partitions) {
		return this.pending.values().stream().anyMatch((offsets) -> partitions.stream().anyMatch(offsets::containsKey));
	}

	void delete(Collection<TopicPartition> partitions) {
		this.committed.keySet().removeAll(partitions);
	}

	void deleteTopic(String topic) {
		this.committed.keySet().removeIf((partition) -> partition.topic().equals(topic));
		this.pending.values()
			.forEach((offsets) -> offsets.keySet().removeIf((partition) -> partition.topic().equals(topic)));
	}

}
