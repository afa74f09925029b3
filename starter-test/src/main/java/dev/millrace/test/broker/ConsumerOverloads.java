package dev.millrace.test.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a consumer that only call another one.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
abstract class ConsumerOverloads<K, V> implements Consumer<K, V> {

	private final Duration apiTimeout;

	ConsumerOverloads(Duration apiTimeout) {
		this.apiTimeout = apiTimeout;
	}

	abstract void subscribe(Collection<String> topics, Optional<ConsumerRebalanceListener> listener);

	abstract void subscribe(Pattern pattern, Optional<ConsumerRebalanceListener> listener);

	abstract void subscribe(SubscriptionPattern pattern, Optional<ConsumerRebalanceListener> listener);

	abstract void commit(Optional<Map<TopicPartition, OffsetAndMetadata>> offsets);

	abstract void commitLater(Optional<Map<TopicPartition, OffsetAndMetadata>> offsets,
			@Nullable OffsetCommitCallback callback);

	@Override
	public void subscribe(Collection<String> topics) {
		subscribe(topics, Optional.empty());
	}

	@Override
	public void subscribe(Collection<String> topics, ConsumerRebalanceListener callback) {
		subscribe(topics, required(callback));
	}

	@Override
	public void subscribe(Pattern pattern, ConsumerRebalanceListener callback) {
		subscribe(pattern, required(callback));
	}

	@Override
	public void subscribe(Pattern pattern) {
		subscribe(pattern, Optional.empty());
	}

	@Override
	public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener callback) {
		subscribe(pattern, required(callback));
	}

	@Override
	public void subscribe(SubscriptionPattern pattern) {
		subscribe(pattern, Optional.empty());
	}

	@Override
	public void commitSync() {
		commit(Optional.empty());
	}

	@Override
	public void commitSync(Duration timeout) {
		commit(Optional.empty());
	}

	@Override
	public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
		commit(Optional.of(offsets));
	}

	@Override
	public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
		commit(Optional.of(offsets));
	}

	@Override
	public void commitAsync() {
		commitLater(Optional.empty(), null);
	}

	@Override
	public void commitAsync(OffsetCommitCallback callback) {
		commitLater(Optional.empty(), callback);
	}

	@Override
	public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
		commitLater(Optional.of(offsets), callback);
	}

	@Override
	public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
		seek(partition, offsetAndMetadata.offset());
	}

	@Override
	public long position(TopicPartition partition) {
		return position(partition, this.apiTimeout);
	}

	@Override
	public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
		return committed(partitions, this.apiTimeout);
	}

	@Override
	public List<PartitionInfo> partitionsFor(String topic) {
		return partitionsFor(topic, this.apiTimeout);
	}

	@Override
	public Map<String, List<PartitionInfo>> listTopics() {
		return listTopics(this.apiTimeout);
	}

	@Override
	public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestampsToSearch) {
		return offsetsForTimes(timestampsToSearch, this.apiTimeout);
	}

	@Override
	public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
		return beginningOffsets(partitions, this.apiTimeout);
	}

	@Override
	public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
		return endOffsets(partitions, this.apiTimeout);
	}

	@Override
	public void enforceRebalance() {
		enforceRebalance("rebalance enforced by user");
	}

	@Override
	public void close() {
		close(CloseOptions.timeout(this.apiTimeout));
	}

	@Override
	@Deprecated
	public void close(Duration timeout) {
		close(CloseOptions.timeout(timeout));
	}

	@Override
	public Map<MetricName, ? extends Metric> metrics() {
		return Map.of();
	}

	@Override
	public Uuid clientInstanceId(Duration timeout) {
		throw new IllegalStateException("Telemetry is not enabled. Set config `enable.metrics.push` to `true`.");
	}

	@Override
	public void registerMetricForSubscription(KafkaMetric metric) {
	}

	@Override
	public void unregisterMetricFromSubscription(KafkaMetric metric) {
	}

	private static Optional<ConsumerRebalanceListener> required(@Nullable ConsumerRebalanceListener listener) {
		if (listener == null) {
			throw new IllegalArgumentException("RebalanceListener cannot be null");
		}
		return Optional.of(listener);
	}

}
