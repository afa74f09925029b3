package dev.millrace.listener;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * One consumer of a subscriber: moves polled records in flight and their offsets back,
 * and pauses what is ahead of its handler. Only the consumer's thread calls.
 */
final class ConsumerSession {

	private static final Log logger = LogFactory.getLog(ConsumerSession.class);

	private final SubscriberEndpoint endpoint;

	private final Consumer<?, ?> consumer;

	private final BooleanSupplier pausedByUser;

	private final Assignment assignment;

	private final Set<TopicPartition> paused = new HashSet<>();

	private volatile boolean polling;

	private long lastCommitNanos;

	ConsumerSession(SubscriberEndpoint endpoint, Consumer<?, ?> consumer, Lanes lanes, RecordHandler handler,
			BooleanSupplier pausedByUser) {
		this.endpoint = endpoint;
		this.consumer = consumer;
		this.pausedByUser = pausedByUser;
		WindowLimits limits = new WindowLimits(endpoint.flow().windowHigh(), endpoint.flow().windowLow());
		this.assignment = new Assignment(lanes, handler, limits, this::wakeUp);
		this.lastCommitNanos = System.nanoTime() - endpoint.flow().commitInterval().toNanos();
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
		Commit commit = this.assignment.nextCommit(due);
		if (commit != null) {
			commitAsync(commit);
		}
		pauseAndResume();
	}

	void afterPoll() {
		this.polling = false;
	}

	void polled(ConsumerRecords<byte[], byte[]> records) {
		this.polling = false;
		for (TopicPartition partition : records.partitions()) {
			this.assignment.add(partition, records.records(partition));
		}
		records.nextOffsets().forEach((partition, offset) -> this.assignment.fetchedTo(partition, offset.offset()));
	}

	/**
	 * Return whether this session has nothing to remember.
	 * @return whether a new session would do as well
	 */
	boolean isDisposable() {
		return this.assignment.isEmpty() && this.paused.isEmpty();
	}

	void revoked(Collection<TopicPartition> partitions) {
		List<Assignment.Release> released = release(partitions, this.endpoint.flow().drainTimeout());
		Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
		for (Assignment.Release release : released) {
			if (release.uncommitted()) {
				offsets.put(release.partition(), new OffsetAndMetadata(release.position()));
			}
		}
		if (!offsets.isEmpty()) {
			commitSync(offsets);
		}
	}

	void lost(Collection<TopicPartition> partitions) {
		// The new owner starts from what is committed; nothing that ends here can count.
		release(partitions, Duration.ZERO);
	}

	private List<Assignment.Release> release(Collection<TopicPartition> partitions, Duration timeout) {
		this.paused.removeAll(partitions);
		List<Assignment.Release> released = this.assignment.release(partitions, timeout);
		for (Assignment.Release release : released) {
			if (release.running() > 0) {
				logger.warn("%s gives up %s at offset %d with %d records still running; they will be handled again"
					.formatted(this.endpoint.describe(), release.partition(), release.position(), release.running()));
			}
			else if (logger.isDebugEnabled()) {
				logger.debug("%s gives up %s at offset %d".formatted(this.endpoint.describe(), release.partition(),
						release.position()));
			}
		}
		return released;
	}

	private void commitAsync(Commit commit) {
		Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
		commit.positions().forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
		try {
			this.consumer.commitAsync(offsets, (committed, failure) -> committed(commit, committed, failure));
		}
		catch (RuntimeException ex) {
			// Nobody will call back.
			commit.failed();
			throw ex;
		}
	}

	private void committed(Commit commit, Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
		if (failure != null) {
			logger.warn("%s could not commit %s; it is tried again".formatted(this.endpoint.describe(), offsets),
					failure);
			commit.failed();
			return;
		}
		commit.succeeded();
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

	private void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
		boolean woken;
		do {
			try {
				this.consumer.commitSync(offsets);
				woken = false;
			}
			catch (WakeupException ex) {
				// Was meant for the poll. Partitions that stay may ask for another.
				woken = true;
			}
			catch (KafkaException ex) {
				logger
					.warn("%s could not commit %s while it gave the partitions up; records behind will be handled again"
						.formatted(this.endpoint.describe(), offsets), ex);
				return;
			}
		}
		while (woken);
	}

	private void pauseAndResume() {
		List<TopicPartition> wanted = this.assignment.paused();
		if (wanted.isEmpty() && this.paused.isEmpty()) {
			return;
		}
		Set<TopicPartition> assigned = this.consumer.assignment();
		Set<TopicPartition> resumed = new HashSet<>(this.paused);
		wanted.forEach(resumed::remove);
		resumed.retainAll(assigned);
		if (!this.pausedByUser.getAsBoolean()) {
			this.consumer.resume(resumed);
		}
		// Again before each poll: a resumed container or a rebalance may have undone it.
		this.paused.clear();
		wanted.stream().filter(assigned::contains).forEach(this.paused::add);
		this.consumer.pause(this.paused);
	}

	private void wakeUp() {
		if (this.polling) {
			this.consumer.wakeup();
		}
	}

}
