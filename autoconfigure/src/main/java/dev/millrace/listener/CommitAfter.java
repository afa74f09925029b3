package dev.millrace.listener;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;

/**
 * Commits what is finished: at least once.
 */
final class CommitAfter implements CommitPolicy {

	private final OffsetCommitter committer;

	private final Runnable acknowledged;

	CommitAfter(OffsetCommitter committer, Runnable acknowledged) {
		this.committer = committer;
		this.acknowledged = acknowledged;
	}

	@Override
	public boolean polled(ConsumerRecords<byte[], byte[]> records) {
		return true;
	}

	@Override
	public void commit(Commit commit) {
		this.committer.commitAsync(commit.positions(), () -> {
			commit.succeeded();
			this.acknowledged.run();
		}, commit::failed);
	}

	@Override
	public Map<TopicPartition, Long> released(List<Assignment.Release> released) {
		Map<TopicPartition, Long> committed = new HashMap<>();
		Map<TopicPartition, Long> uncommitted = new HashMap<>();
		for (Assignment.Release release : released) {
			(release.uncommitted() ? uncommitted : committed).put(release.partition(), release.position());
		}
		if (!uncommitted.isEmpty() && this.committer.commitSync(uncommitted)) {
			committed.putAll(uncommitted);
		}
		return committed;
	}

}
