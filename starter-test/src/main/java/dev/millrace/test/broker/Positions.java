package dev.millrace.test.broker;

import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.Metadata.LeaderAndEpoch;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.clients.consumer.internals.SubscriptionState.FetchPosition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.ListOffsetsRequest;

/**
 * Where a consumer goes on in partitions that it has no position in.
 */
final class Positions {

	private static final LeaderAndEpoch LEADER = new LeaderAndEpoch(Optional.of(TopicStore.NODE), Optional.of(0));

	private final BrokerState broker;

	private final SubscriptionState subscriptions;

	private final Optional<ConsumerGroup> group;

	private final boolean committedOnly;

	private final boolean createsTopics;

	Positions(BrokerState broker, SubscriptionState subscriptions, Optional<ConsumerGroup> group,
			ConsumerOptions options) {
		this.broker = broker;
		this.subscriptions = subscriptions;
		this.group = group;
		this.committedOnly = options.committedOnly();
		this.createsTopics = options.createsTopics();
	}

	/**
	 * Find positions in the partitions that have none. Offsets of a transaction that is
	 * not ended yet are waited for: then there is none after this call either.
	 */
	void update() {
		if (this.subscriptions.hasAllFetchPositions()) {
			return;
		}
		this.broker.lock().run(() -> {
			Set<TopicPartition> initializing = this.subscriptions.initializingPartitions();
			if (!initializing.isEmpty() && !isUnstable(initializing)) {
				this.group.ifPresent((found) -> initializing.forEach((partition) -> committed(found, partition)));
				this.subscriptions.resetInitializingPositions();
			}
			this.subscriptions.partitionsNeedingReset(Long.MAX_VALUE).forEach(this::reset);
		});
	}

	void seek(TopicPartition partition, long offset) {
		this.subscriptions.seekValidated(partition, new FetchPosition(offset, Optional.empty(), LEADER));
	}

	void advance(TopicPartition partition, long offset) {
		this.subscriptions.position(partition, new FetchPosition(offset, Optional.empty(), LEADER));
	}

	/**
	 * Return whether the committed offsets are about to change.
	 * @param partitions whose offsets
	 * @return whether there is a transaction that the consumer has to wait for
	 */
	boolean isUnstable(Set<TopicPartition> partitions) {
		return this.committedOnly && this.group.filter((found) -> found.offsets().isPending(partitions)).isPresent();
	}

	private void committed(ConsumerGroup found, TopicPartition partition) {
		OffsetAndMetadata offset = found.offsets().committed().get(partition);
		if (offset != null) {
			seek(partition, offset.offset());
		}
	}

	private void reset(TopicPartition partition) {
		this.broker.topics().find(partition.topic(), this.createsTopics);
		PartitionLog log = this.broker.topics().log(partition);
		if (log != null) {
			seek(partition, resetOffset(log, this.subscriptions.resetStrategy(partition)));
		}
	}

	private long resetOffset(PartitionLog log, AutoOffsetResetStrategy strategy) {
		long timestamp = strategy.duration()
			.map((duration) -> this.broker.clock().instant().minus(duration).toEpochMilli())
			.or(strategy::timestamp)
			.orElse(ListOffsetsRequest.LATEST_TIMESTAMP);
		if (timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP) {
			return log.startOffset();
		}
		if (timestamp == ListOffsetsRequest.LATEST_TIMESTAMP) {
			return log.endOffset(this.committedOnly);
		}
		return log.firstSince(timestamp, this.committedOnly)
			.map((found) -> found.offset())
			.orElseGet(() -> log.endOffset(this.committedOnly));
	}

}
