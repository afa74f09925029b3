package dev.millrace.listener;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;

/**
 * Commits what was polled before any of it is handled: at most once.
 */
final class CommitFirst implements CommitPolicy {

	private final Map<TopicPartition, Long> committed = new HashMap<>();

	private final OffsetCommitter committer;

	private final Consumer<?, ?> consumer;

	private final OwnedPartitions owned;

	CommitFirst(OffsetCommitter committer, Consumer<?, ?> consumer, OwnedPartitions owned) {
		this.committer = committer;
		this.consumer = consumer;
		this.owned = owned;
	}

	@Override
	public boolean polled(ConsumerRecords<byte[], byte[]> records) {
		Map<TopicPartition, Long> positions = new HashMap<>();
		for (TopicPartition partition : records.partitions()) {
			List<ConsumerRecord<byte[], byte[]>> ofPartition = records.records(partition);
			positions.put(partition, ofPartition.get(ofPartition.size() - 1).offset() + 1);
		}
		positions.keySet().retainAll(this.owned.get());
		if (this.committer.commitSync(positions)) {
			this.committed.putAll(positions);
			return true;
		}
		positions.keySet()
			.forEach((partition) -> this.consumer.seek(partition, records.records(partition).get(0).offset()));
		return false;
	}

	// What lies before the end of the last poll is committed already; behind it there may
	// be the markers of transactions.
	@Override
	public void commit(Commit commit) {
		Map<TopicPartition, Long> ahead = new HashMap<>(commit.positions());
		ahead.entrySet()
			.removeIf((position) -> position.getValue() <= this.committed.getOrDefault(position.getKey(), 0L));
		if (ahead.isEmpty()) {
			commit.succeeded();
			return;
		}
		this.committer.commitAsync(ahead, commit::succeeded, commit::failed);
	}

	@Override
	public Map<TopicPartition, Long> released(List<Assignment.Release> released) {
		Map<TopicPartition, Long> positions = new HashMap<>();
		for (Assignment.Release release : released) {
			Long position = this.committed.remove(release.partition());
			if (position != null) {
				positions.put(release.partition(), position);
			}
		}
		return positions;
	}

}
