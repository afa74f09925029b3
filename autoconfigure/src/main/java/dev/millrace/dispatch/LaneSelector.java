package dev.millrace.dispatch;

import java.util.Arrays;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.Ordering;

/**
 * Chooses the lane of a record: records with equal lane keys share a lane.
 */
@FunctionalInterface
public interface LaneSelector {

	/**
	 * Return the key of a record's lane.
	 * @param partition the partition of the record
	 * @param record the record
	 * @return the key, with value semantics
	 */
	Object laneKey(TopicPartition partition, ConsumerRecord<byte[], byte[]> record);

	/**
	 * Return the selector of an ordering.
	 * @param ordering the ordering
	 * @return the selector
	 */
	static LaneSelector of(Ordering ordering) {
		return switch (ordering) {
			case PARTITION -> (partition, record) -> partition;
			case KEY -> (partition, record) -> (record.key() != null) ? new RecordKey(partition, record.key()) : record;
			case NONE -> (partition, record) -> record;
		};
	}

	/**
	 * Return a selector that gives each record of one topic a lane of its own.
	 * @param topic the topic
	 * @return the selector, which is this one for all other topics
	 */
	default LaneSelector butNoOrderIn(String topic) {
		return (partition, record) -> partition.topic().equals(topic) ? record : laneKey(partition, record);
	}

	/**
	 * Key of a record within its partition.
	 */
	final class RecordKey {

		/**
		 * Not 31, of which the hash of a key is made too: numbered keys of one partition
		 * would have the hashes of those of the next.
		 */
		private static final int SPREAD = 0x9E3779B1;

		private final TopicPartition partition;

		private final byte[] key;

		private final int hash;

		RecordKey(TopicPartition partition, byte[] key) {
			this.partition = partition;
			this.key = key;
			this.hash = SPREAD * partition.hashCode() + Arrays.hashCode(key);
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof RecordKey that && this.hash == that.hash && this.partition.equals(that.partition)
					&& Arrays.equals(this.key, that.key);
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
