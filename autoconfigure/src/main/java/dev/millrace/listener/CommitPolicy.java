package dev.millrace.listener;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;

/**
 * When the offsets of a consumer are committed. Only the consumer's thread calls.
 */
interface CommitPolicy {

	/**
	 * Called with polled records before any of them is handled.
	 * @param records the records
	 * @return {@code false} when they must not be handled, because they will be polled
	 * again
	 */
	boolean polled(ConsumerRecords<byte[], byte[]> records);

	/**
	 * Called when finished records may be committed.
	 * @param commit what may be committed
	 */
	void commit(Commit commit);

	/**
	 * Called when partitions are given up, the last chance to commit.
	 * @param released the partitions
	 * @return what is committed, by partition
	 */
	Map<TopicPartition, Long> released(List<Assignment.Release> released);

}
