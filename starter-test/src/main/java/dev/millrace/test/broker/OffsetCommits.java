package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.ConsumerInterceptors;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a consumer. Those that are asynchronous reach the broker at once too;
 * their callbacks are called by the consumer's thread when it polls, commits or closes
 * the next time.
 */
final class OffsetCommits {

	private final BrokerState broker;

	private final SubscriptionState subscriptions;

	private final GroupMembership membership;

	private final Optional<Duration> autoCommitInterval;

	private final ConsumerInterceptors<?, ?> interceptors;

	private final Queue<Runnable> callbacks = new ArrayDeque<>();

	private Deadline nextAutoCommit = Deadline.in(Duration.ZERO);

	OffsetCommits(BrokerState broker, SubscriptionState subscriptions, GroupMembership membership,
			Optional<Duration> autoCommitInterval, ConsumerInterceptors<?, ?> interceptors) {
		this.interceptors = interceptors;
		this.broker = broker;
		this.subscriptions = subscriptions;
		this.membership = membership;
		this.autoCommitInterval = autoCommitInterval;
		autoCommitInterval.ifPresent((interval) -> this.nextAutoCommit = Deadline.in(interval));
	}

	void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
		if (offsets.isEmpty()) {
			return;
		}
		offsets.values().forEach((offset) -> {
			if (offset.offset() < 0) {
				throw new IllegalArgumentException("Invalid offset: " + offset.offset());
			}
		});
		ConsumerGroup group = this.membership.group();
		this.broker.lock().run(() -> {
			ConsumerGroupMetadata committer = this.membership.committer();
			this.broker.faults().beforeCommit(group.id());
			requireTopics(offsets);
			try {
				group.validate(committer, false);
			}
			catch (UnknownMemberIdException | IllegalGenerationException ex) {
				throw new CommitFailedException();
			}
			group.offsets().commit(offsets);
			this.broker.lock().changed();
		});
		this.interceptors.onCommit(offsets);
	}

	void commitLater(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
		Exception failure = attempt(offsets);
		if (callback != null) {
			this.callbacks.add(() -> callback.onComplete(offsets, failure));
		}
	}

	void runCallbacks() {
		for (Runnable callback = this.callbacks.poll(); callback != null; callback = this.callbacks.poll()) {
			callback.run();
		}
	}

	/**
	 * Commit what the last polls have returned, when it is time.
	 */
	void autoCommit() {
		if (this.nextAutoCommit.hasPassed()) {
			autoCommitNow();
		}
	}

	void autoCommitNow() {
		this.autoCommitInterval.ifPresent((interval) -> {
			this.nextAutoCommit = Deadline.in(interval);
			attempt(this.subscriptions.allConsumed());
		});
	}

	Deadline limit(Deadline deadline) {
		return (this.autoCommitInterval.isPresent() && this.nextAutoCommit.left() < deadline.left())
				? this.nextAutoCommit : deadline;
	}

	private @Nullable Exception attempt(Map<TopicPartition, OffsetAndMetadata> offsets) {
		try {
			commit(Map.copyOf(offsets));
			return null;
		}
		catch (WakeupException ex) {
			throw ex;
		}
		catch (RetriableException ex) {
			return new RetriableCommitFailedException(ex);
		}
		catch (KafkaException ex) {
			return ex;
		}
	}

	// The real one tries again until it gives up.
	private void requireTopics(Map<TopicPartition, OffsetAndMetadata> offsets) {
		if (offsets.keySet().stream().anyMatch((partition) -> this.broker.topics().log(partition) == null)) {
			throw new TimeoutException("Timeout expired before successfully committing offsets " + offsets);
		}
	}

}
