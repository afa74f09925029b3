package dev.millrace.listener;

import java.util.Collection;

import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.Assignment;

/**
 * Reads partitions of a retry topic along with the partitions of a consumer that they
 * belong to. Only the consumer's thread calls.
 */
public interface RetryReader {

	/**
	 * Take note that partitions have come.
	 * @param partitions partitions of the consumer
	 */
	void assigned(Collection<TopicPartition> partitions);

	/**
	 * Read on. Called before each poll of the consumer.
	 * @param assignment what the consumer has in flight
	 * @param owned the partitions of the consumer
	 * @param pause whether nothing is to be read for now
	 */
	void read(Assignment assignment, Collection<TopicPartition> owned, boolean pause);

	/**
	 * Return the partitions of which nothing must be polled yet.
	 * @return partitions of the consumer
	 */
	Collection<TopicPartition> held();

	/**
	 * Return the partitions of the retry topic that go when partitions of the consumer
	 * go.
	 * @param partitions partitions of the consumer
	 * @return partitions of the retry topic
	 */
	Collection<TopicPartition> of(Collection<TopicPartition> partitions);

	/**
	 * Take note that partitions have gone, with what was in flight of them.
	 * @param partitions partitions of the consumer
	 */
	void revoked(Collection<TopicPartition> partitions);

	/**
	 * Return whether nothing is read.
	 * @return whether there is no partition
	 */
	boolean isEmpty();

}
