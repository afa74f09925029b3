package dev.millrace.actuate;

import org.apache.kafka.common.TopicPartition;

/**
 * How far a group is behind the end of a partition.
 *
 * @param subscriber the subscriber that reads the partition
 * @param group the group
 * @param partition the partition
 * @param lag the offset of its end less the one that is committed, as Kafka's own tool
 * has it; {@code NaN} when it could not be found out
 */
record GroupLag(String subscriber, String group, TopicPartition partition, double lag) {

	GroupLag unknown() {
		return new GroupLag(this.subscriber, this.group, this.partition, Double.NaN);
	}

}
