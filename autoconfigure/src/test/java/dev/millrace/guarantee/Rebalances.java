package dev.millrace.guarantee;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Counts the partitions that an application's consumers have gained and given up.
 */
class Rebalances implements ConsumerAwareRebalanceListener {

	final AtomicInteger assigned = new AtomicInteger();

	final AtomicInteger revoked = new AtomicInteger();

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.assigned.addAndGet(partitions.size());
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.revoked.addAndGet(partitions.size());
	}

}
