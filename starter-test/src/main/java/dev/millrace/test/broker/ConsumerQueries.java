package dev.millrace.test.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer is asked about itself and asks the broker, without polling.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
abstract class ConsumerQueries<K, V> extends ConsumerOverloads<K, V> {

	private final BrokerState broker;

	private final ConsumerOptions options;

	private final SubscriptionState subscriptions;

	private final LogOffsets offsets;

	private final ConsumerAccess access = new ConsumerAccess();

	private final AtomicBoolean woken = new AtomicBoolean();

	ConsumerQueries(BrokerState broker, ConsumerOptions options) {
		super(options.apiTimeout());
		this.broker = broker;
		this.options = options;
		this.subscriptions = new SubscriptionState(new LogContext(), options.offsetReset());
		this.offsets = new LogOffsets(broker, options.committedOnly());
	}

	/**
	 * End what the consumer's thread waits for.
	 */
	abstract void wake();

	final BrokerState broker() {
		return this.broker;
	}

	final ConsumerOptions options() {
		return this.options;
	}

	final SubscriptionState subscriptions() {
		return this.subscriptions;
	}

	final ConsumerAccess access() {
		return this.access;
	}

	@Override
	public Set<TopicPartition> assignment() {
		return this.access.call(() -> Collections.unmodifiableSet(this.subscriptions.assignedPartitions()));
	}

	@Override
	public Set<String> subscription() {
		return this.access.call(() -> Set.copyOf(this.subscriptions.subscription()));
	}

	@Override
	public Set<TopicPartition> paused() {
		return this.access.call(() -> Collections.unmodifiableSet(this.subscriptions.pausedPartitions()));
	}

	@Override
	public void pause(Collection<TopicPartition> partitions) {
		this.access.run(() -> partitions.forEach(this.subscriptions::pause));
	}

	@Override
	public void resume(Collection<TopicPartition> partitions) {
		this.access.run(() -> partitions.forEach(this.subscriptions::resume));
	}

	@Override
	public OptionalLong currentLag(TopicPartition partition) {
		return this.access.call(() -> {
			if (!this.subscriptions.isAssigned(partition) || !this.subscriptions.hasValidPosition(partition)) {
				return OptionalLong.empty();
			}
			long end = this.offsets.ends(Set.of(partition)).getOrDefault(partition, 0L);
			return OptionalLong.of(Math.max(0, end - this.subscriptions.validPosition(partition).offset));
		});
	}

	@Override
	public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
		return remote(() -> Optional.ofNullable(this.broker.topics().find(topic, this.options.createsTopics()))
			.map((found) -> found.describe(TopicStore.NODE))
			.orElse(List.of()));
	}

	@Override
	public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
		return remote(() -> {
			Map<String, List<PartitionInfo>> topics = new HashMap<>();
			this.broker.topics().all().forEach((topic) -> topics.put(topic.name(), topic.describe(TopicStore.NODE)));
			return topics;
		});
	}

	@Override
	public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestampsToSearch,
			Duration timeout) {
		return remote(() -> this.offsets.since(timestampsToSearch));
	}

	@Override
	public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
		return remote(() -> this.offsets.beginnings(partitions));
	}

	@Override
	public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
		return remote(() -> this.offsets.ends(partitions));
	}

	@Override
	public void wakeup() {
		this.woken.set(true);
		wake();
	}

	final void ignoreWakeup() {
		this.woken.set(false);
	}

	final void throwIfWoken() {
		if (this.woken.getAndSet(false)) {
			throw new WakeupException();
		}
	}

	private <T extends @Nullable Object> T remote(Supplier<T> question) {
		return this.access.call(() -> {
			throwIfWoken();
			return this.broker.lock().call(question);
		});
	}

}
