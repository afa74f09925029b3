package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.AckPolicy;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * One consumer of a subscriber: moves polled records in flight and their offsets back,
 * and pauses what is ahead of its handler. Only the consumer's thread calls.
 */
final class ConsumerSession {

	private final SubscriberEndpoint endpoint;

	private final Consumer<?, ?> consumer;

	private final OwnedPartitions owned;

	private final MessageListenerContainer container;

	private final Assignment assignment;

	private final CommitPolicy commits;

	private final StallWatch stalls;

	private final RetryReader retries;

	private final Timer timer;

	private final Set<TopicPartition> paused = new HashSet<>();

	private volatile boolean polling;

	private volatile boolean stopping;

	/** When nothing is fetched of any partition, until when. */
	private volatile @Nullable Long heldUntil;

	private long lastCommitNanos;

	ConsumerSession(SubscriberEndpoint endpoint, SubscriberRuntime runtime, Consumer<?, ?> consumer,
			RecordHandler handler, RetryReaders readers, MessageListenerContainer container) {
		this.endpoint = endpoint;
		this.consumer = consumer;
		this.owned = new OwnedPartitions(consumer);
		this.container = container;
		this.assignment = new Assignment(runtime.lanes(), handler, runtime::limits, this::isStopping, this::wakeUp);
		this.stalls = new StallWatch(runtime, this.assignment);
		this.retries = readers.reader(consumer);
		this.timer = runtime.timer();
		OffsetCommitter committer = new OffsetCommitter(this.endpoint, consumer, runtime.monitor());
		this.commits = (this.endpoint.delivery().ackPolicy() == AckPolicy.ACK_FIRST)
				? new CommitFirst(committer, consumer, this.owned) : new CommitAfter(committer, this::acknowledged);
		this.lastCommitNanos = System.nanoTime();
	}

	void beforePoll() {
		// Set first: what changes from here on must wake the poll, or it is seen below.
		this.polling = true;
		long now = System.nanoTime();
		boolean due = now - this.lastCommitNanos >= this.endpoint.flow().commitInterval().toNanos();
		if (due) {
			this.lastCommitNanos = now;
			for (TopicPartition partition : this.assignment.idle()) {
				this.assignment.fetchedTo(partition, fetchPosition(partition));
			}
		}
		this.stalls.lookIfDue(now);
		Commit commit = this.assignment.nextCommit(due);
		if (commit != null) {
			this.commits.commit(commit);
		}
		this.retries.read(this.assignment, this.owned.get(), this.container.isPauseRequested());
		pauseAndResume();
	}

	void afterPoll() {
		this.polling = false;
	}

	void polled(ConsumerRecords<byte[], byte[]> records) {
		this.polling = false;
		if (!this.commits.polled(records)) {
			return;
		}
		// A poll that reports a partition as lost may still hand out records of it.
		Set<TopicPartition> assigned = this.owned.get();
		for (TopicPartition partition : records.partitions()) {
			if (assigned.contains(partition)) {
				this.assignment.add(partition, records.records(partition));
			}
		}
		records.nextOffsets().forEach((partition, offset) -> this.assignment.fetchedTo(partition, offset.offset()));
	}

	/**
	 * Return whether this session has nothing to remember.
	 * @return whether a new session would do as well
	 */
	boolean isDisposable() {
		// A consumer that stops does not poll again: what it gives up may leave whenever
		// it does.
		return this.assignment.isEmpty() && this.paused.isEmpty() && this.retries.isEmpty()
				&& (this.owned.isSettled() || isStopping());
	}

	void assigned(Collection<TopicPartition> partitions) {
		this.owned.assigned(partitions);
		this.retries.assigned(partitions);
		// At once: the poll that has brought the partitions may bring records too.
		this.paused.addAll(this.retries.held());
		// A failure here would leave a member of KIP-848's protocol in the rebalance.
		this.paused.retainAll(this.owned.get());
		this.consumer.pause(this.paused);
	}

	void revoked(Collection<TopicPartition> partitions, ShutdownReport report) {
		this.paused.removeAll(partitions);
		this.owned.gaveUp(partitions);
		List<Assignment.Release> released = release(partitions, this.endpoint.flow().drainTimeout());
		Map<TopicPartition, Long> committed = this.commits.released(released);
		released.forEach((release) -> report.add(release, committed.get(release.partition())));
	}

	/**
	 * Let go what is in flight of partitions that stay, and begin anew.
	 * @param partitions the partitions
	 */
	void restart(Collection<TopicPartition> partitions) {
		Set<TopicPartition> held = new HashSet<>(this.paused);
		held.retainAll(partitions);
		revoked(partitions, new ShutdownReport());
		// Resumed before the next poll, unless there is a reason to hold them.
		this.paused.addAll(held);
		assigned(partitions);
	}

	void lost(Collection<TopicPartition> partitions, ShutdownReport report) {
		this.paused.removeAll(partitions);
		this.owned.gaveUp(partitions);
		// The new owner starts from what is committed; nothing that ends here can count.
		release(partitions, Duration.ZERO).forEach((release) -> report.add(release, null));
	}

	private List<Assignment.Release> release(Collection<TopicPartition> partitions, Duration timeout) {
		List<TopicPartition> all = new ArrayList<>(partitions);
		all.addAll(this.retries.of(partitions));
		List<Assignment.Release> released = this.assignment.release(all, timeout);
		this.retries.revoked(partitions);
		this.stalls.look();
		return released;
	}

	private void acknowledged() {
		if (!this.paused.isEmpty()) {
			// A poll that returns nothing does not end because a commit has arrived.
			wakeUp();
		}
	}

	// With nothing in flight, the position of the consumer may be behind the last record:
	// after transaction markers, which are not handed out.
	private long fetchPosition(TopicPartition partition) {
		try {
			return this.consumer.position(partition, Duration.ZERO);
		}
		catch (KafkaException | IllegalStateException ex) {
			// Not known without asking the broker, or not ours any more: next time.
			return -1;
		}
	}

	private void pauseAndResume() {
		Set<TopicPartition> wanted = new HashSet<>(this.assignment.paused());
		wanted.addAll(this.retries.held());
		if (wanted.isEmpty() && this.paused.isEmpty()) {
			return;
		}
		Set<TopicPartition> assigned = this.owned.get();
		hold(wanted, assigned);
		wanted.retainAll(assigned);
		wanted.removeAll(pausedByOthers());
		this.paused.retainAll(assigned);
		if (!this.container.isPauseRequested()) {
			Set<TopicPartition> resumed = new HashSet<>(this.paused);
			resumed.removeAll(wanted);
			this.consumer.resume(resumed);
			this.paused.clear();
		}
		// Again before each poll: a resumed container or a rebalance may have undone it.
		this.paused.addAll(wanted);
		this.consumer.pause(this.paused);
	}

	// Whoever has paused them resumes them.
	private Set<TopicPartition> pausedByOthers() {
		Set<TopicPartition> others = new HashSet<>(this.consumer.paused());
		others.removeAll(this.paused);
		return others;
	}

	private void hold(Set<TopicPartition> wanted, Set<TopicPartition> assigned) {
		long now = this.timer.nanoTime();
		long patience = this.assignment.patience(now);
		Long before = this.heldUntil;
		Long until = (patience > 0 && wanted.addAll(assigned)) ? now + patience : null;
		this.heldUntil = until;
		if (until != null && !until.equals(before)) {
			this.timer.schedule(patience, () -> endHold(until));
		}
	}

	private void endHold(Long until) {
		if (until.equals(this.heldUntil)) {
			wakeUp();
		}
	}

	// For good: the container may run again before this consumer has stopped, and what a
	// record is held back for is true of all behind it.
	private boolean isStopping() {
		if (!this.stopping && !this.container.isRunning()) {
			this.stopping = true;
		}
		return this.stopping;
	}

	private void wakeUp() {
		if (this.polling) {
			this.consumer.wakeup();
		}
	}

}
