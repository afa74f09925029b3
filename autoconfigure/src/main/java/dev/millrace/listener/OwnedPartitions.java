package dev.millrace.listener;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that a consumer has and keeps. In the protocol of KIP-848, one that was
 * given up leaves the consumer a moment later, on another thread: until then nobody may
 * begin with it anew, and to pause it may fail. Only the consumer's thread calls.
 */
final class OwnedPartitions {

	private final Set<TopicPartition> leaving = new HashSet<>();

	private final Consumer<?, ?> consumer;

	OwnedPartitions(Consumer<?, ?> consumer) {
		this.consumer = consumer;
	}

	void assigned(Collection<TopicPartition> partitions) {
		this.leaving.removeAll(partitions);
	}

	void gaveUp(Collection<TopicPartition> partitions) {
		this.leaving.addAll(partitions);
	}

	/**
	 * Return the partitions.
	 * @return a copy, which the caller may change
	 */
	Set<TopicPartition> get() {
		Set<TopicPartition> partitions = new HashSet<>(this.consumer.assignment());
		// What comes back after it had left was assigned anew, reported or not.
		this.leaving.retainAll(partitions);
		partitions.removeAll(this.leaving);
		return partitions;
	}

	/**
	 * Return whether all that was given up has left.
	 * @return whether the consumer knows as much as this
	 */
	boolean isSettled() {
		return this.leaving.isEmpty();
	}

}
