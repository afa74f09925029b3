package dev.millrace.actuate;

import org.apache.kafka.common.TopicPartition;

/**
 * How far a group is behind the end of a partition.
 *
 * @param subscriber the subscriber that reads the partition
 * @param group the group
 * @param partition the partition
 * @param committed the offset that the group has committed
 * @param end the offset of the end, -1 when it could not be found out
 */
record GroupLag(String subscriber, String group, TopicPartition partition, long committed, long end) {

	GroupLag unknown() {
		return new GroupLag(this.subscriber, this.group, this.partition, this.committed, -1);
	}

	/**
	 * Return the distance, as Kafka's own tool has it.
	 * @return the number of records, gaps included; {@code NaN} when it could not be
	 * found out
	 */
	double lag() {
		return (this.end >= 0) ? this.end - this.committed : Double.NaN;
	}

}
