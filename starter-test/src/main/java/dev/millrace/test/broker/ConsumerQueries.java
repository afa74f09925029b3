package dev.millrace.test.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer asks the broker without being subscribed or assigned to anything.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
abstract class ConsumerQueries<K, V> extends ConsumerOverloads<K, V> {

	private final BrokerState broker;

	private final ConsumerOptions options;

	private final LogOffsets offsets;

	private final ConsumerAccess access = new ConsumerAccess();

	private final AtomicBoolean woken = new AtomicBoolean();

	ConsumerQueries(BrokerState broker, ConsumerOptions options) {
		super(options.apiTimeout());
		this.broker = broker;
		this.options = options;
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

	final LogOffsets offsets() {
		return this.offsets;
	}

	final ConsumerAccess access() {
		return this.access;
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
