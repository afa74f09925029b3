package dev.millrace.test.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.consumer.internals.ConsumerInterceptors;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of an in-memory broker. Its subscription and its positions are kept by the
 * class that Kafka's own consumer has for them, so their rules are the same.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
final class InMemoryConsumer<K, V> extends ConsumerQueries<K, V> {

	private final SubscriptionState subscriptions;

	private final ConsumerHandle handle;

	private final Optional<GroupMembership> membership;

	private final Optional<OffsetCommits> commits;

	private final Positions positions;

	private final RecordFetcher<K, V> fetcher;

	private final ConsumerInterceptors<K, V> interceptors;

	InMemoryConsumer(BrokerState broker, ConsumerOptions options, Deserializer<K> keyDeserializer,
			Deserializer<V> valueDeserializer) {
		super(broker, options);
		this.interceptors = options.interceptors();
		this.subscriptions = subscriptions();
		this.handle = new ConsumerHandle(options.clientId(), options.groupId(), this.subscriptions,
				broker.lock().newSignal());
		Optional<ConsumerGroup> group = options.groupId()
			.map((id) -> broker.lock().call(() -> broker.groups().group(id)));
		this.membership = group.map((found) -> new GroupMembership(broker, this.handle, found, options));
		this.commits = this.membership.map((found) -> new OffsetCommits(broker, this.subscriptions, found,
				options.autoCommitInterval(), this.interceptors));
		this.positions = new Positions(broker, this.subscriptions, group, options);
		this.fetcher = new RecordFetcher<>(broker, this.handle, options, this.positions, keyDeserializer,
				valueDeserializer);
		broker.lock().run(() -> broker.consumers().add(this.handle));
	}

	@Override
	void subscribe(Collection<String> topics, Optional<ConsumerRebalanceListener> listener) {
		access().run(() -> {
			requireGroup(this.membership);
			if (topics.stream().anyMatch((topic) -> topic == null || topic.isBlank())) {
				throw new IllegalArgumentException(
						"Topic collection to subscribe to cannot contain null or empty topic");
			}
			if (topics.isEmpty()) {
				unsubscribe();
			}
			else {
				this.subscriptions.subscribe(new HashSet<>(topics), listener);
			}
		});
	}

	@Override
	void subscribe(Pattern pattern, Optional<ConsumerRebalanceListener> listener) {
		access().run(() -> {
			requireGroup(this.membership);
			if (pattern.pattern().isEmpty()) {
				throw new IllegalArgumentException("Topic pattern to subscribe to cannot be empty");
			}
			this.subscriptions.subscribe(pattern, listener);
		});
	}

	@Override
	void subscribe(SubscriptionPattern pattern, Optional<ConsumerRebalanceListener> listener) {
		if (!options().hasServerSideAssignors()) {
			throw new UnsupportedOperationException("Subscribe to RE2/J pattern is not supported when using the CLASSIC"
					+ " protocol defined in config group.protocol");
		}
		subscribe(Pattern.compile(pattern.pattern()), listener);
	}

	@Override
	public void unsubscribe() {
		access().run(() -> {
			this.membership.ifPresent((found) -> found.leave(GroupMembershipOperation.DEFAULT));
			this.subscriptions.unsubscribe();
		});
	}

	@Override
	public void assign(Collection<TopicPartition> partitions) {
		access().run(() -> {
			if (partitions.isEmpty()) {
				unsubscribe();
				return;
			}
			this.commits.ifPresent(OffsetCommits::autoCommit);
			this.subscriptions.assignFromUser(new HashSet<>(partitions));
		});
	}

	@Override
	public ConsumerRecords<K, V> poll(Duration timeout) {
		Deadline deadline = Deadline.in(timeout);
		return access().call(() -> {
			if (this.subscriptions.hasNoSubscriptionOrUserAssignment()) {
				throw new IllegalStateException("Consumer is not subscribed to any topics or assigned any partitions");
			}
			boolean last;
			boolean raised;
			do {
				last = deadline.hasPassed();
				ConsumerRecords<K, V> records = pollOnce();
				if (!records.nextOffsets().isEmpty()) {
					return this.interceptors.onConsume(records);
				}
				raised = await(deadline);
			}
			while (!last && (raised || !deadline.hasPassed()));
			return ConsumerRecords.empty();
		});
	}

	@Override
	void commit(Optional<Map<TopicPartition, OffsetAndMetadata>> offsets) {
		access().run(() -> {
			OffsetCommits found = requireGroup(this.commits);
			found.runCallbacks();
			throwIfWoken();
			found.commit(offsets.orElseGet(this.subscriptions::allConsumed));
		});
	}

	@Override
	void commitLater(Optional<Map<TopicPartition, OffsetAndMetadata>> offsets,
			@Nullable OffsetCommitCallback callback) {
		access().run(() -> requireGroup(this.commits).commitLater(offsets.orElseGet(this.subscriptions::allConsumed),
				callback));
	}

	@Override
	public void seek(TopicPartition partition, long offset) {
		if (offset < 0) {
			throw new IllegalArgumentException("seek offset must not be a negative number");
		}
		access().run(() -> this.positions.seek(partition, offset));
	}

	@Override
	public void seekToBeginning(Collection<TopicPartition> partitions) {
		reset(partitions, AutoOffsetResetStrategy.EARLIEST);
	}

	@Override
	public void seekToEnd(Collection<TopicPartition> partitions) {
		reset(partitions, AutoOffsetResetStrategy.LATEST);
	}

	@Override
	public long position(TopicPartition partition, Duration timeout) {
		Deadline deadline = Deadline.in(timeout);
		return access().call(() -> {
			if (!this.subscriptions.isAssigned(partition)) {
				throw new IllegalStateException(
						"You can only check the position for partitions assigned to this consumer.");
			}
			this.positions.update();
			while (!this.subscriptions.hasValidPosition(partition)) {
				throwIfWoken();
				if (deadline.hasPassed()) {
					throw new TimeoutException(
							"Timeout of %dms expired before the position for partition %s could be determined"
								.formatted(timeout.toMillis(), partition));
				}
				this.handle.signal().await(deadline);
				this.positions.update();
			}
			return this.subscriptions.validPosition(partition).offset;
		});
	}

	@Override
	public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
		Deadline deadline = Deadline.in(timeout);
		return access().call(() -> {
			GroupMembership found = requireGroup(this.membership);
			throwIfWoken();
			while (broker().lock().call(() -> this.positions.isUnstable(partitions))) {
				if (deadline.hasPassed()) {
					throw new TimeoutException(
							"Timeout of " + timeout.toMillis() + "ms expired before the last committed"
									+ " offset for partitions " + partitions + " could be determined.");
				}
				this.handle.signal().await(deadline);
				throwIfWoken();
			}
			return broker().lock().call(() -> found.group().offsets().find(partitions));
		});
	}

	@Override
	public ConsumerGroupMetadata groupMetadata() {
		return access().call(() -> requireGroup(this.membership).metadata());
	}

	@Override
	public void enforceRebalance(String reason) {
		access().run(() -> {
			if (this.membership.isEmpty()) {
				throw new IllegalStateException("Tried to force a rebalance but consumer does not have a group.");
			}
			this.membership.get().requestRejoin();
			this.handle.signal().raise();
		});
	}

	@Override
	public void close(CloseOptions option) {
		access().close(() -> {
			ignoreWakeup();
			try {
				this.commits.ifPresent(OffsetCommits::autoCommitNow);
				this.commits.ifPresent(OffsetCommits::runCallbacks);
				this.membership.ifPresent((found) -> found.leave(option.groupMembershipOperation()));
			}
			finally {
				broker().lock().run(() -> broker().consumers().remove(this.handle));
				broker().lock().changed();
				this.fetcher.close();
				this.interceptors.close();
			}
		});
	}

	@Override
	void wake() {
		this.handle.signal().raise();
	}

	private ConsumerRecords<K, V> pollOnce() {
		this.handle.signal().clear();
		throwIfWoken();
		if (Thread.interrupted()) {
			throw new InterruptException(new InterruptedException());
		}
		this.commits.ifPresent(OffsetCommits::runCallbacks);
		this.membership.ifPresent((found) -> found.advance(() -> this.commits.ifPresent(OffsetCommits::autoCommitNow)));
		this.commits.ifPresent(OffsetCommits::autoCommit);
		this.positions.update();
		return this.fetcher.fetch();
	}

	private boolean await(Deadline deadline) {
		Deadline next = this.membership.map((found) -> found.limit(deadline)).orElse(deadline);
		boolean raised = this.handle.signal().await(this.commits.map((found) -> found.limit(next)).orElse(next));
		throwIfWoken();
		return raised;
	}

	private void reset(Collection<TopicPartition> partitions, AutoOffsetResetStrategy strategy) {
		access().run(() -> this.subscriptions
			.requestOffsetReset(partitions.isEmpty() ? this.subscriptions.assignedPartitions() : partitions, strategy));
	}

	private static <T> T requireGroup(Optional<T> part) {
		return part.orElseThrow(() -> new InvalidGroupIdException("To use the group management or offset commit APIs,"
				+ " you must provide a valid group.id in the consumer configuration."));
	}

}
