package dev.millrace.actuate;

/**
 * Where a subscriber is in a partition, with its consumers up or down.
 *
 * @param topic the topic
 * @param partition the partition
 * @param group the group: its own, or that of its retries
 * @param committed the offset that the group has committed
 * @param end the offset of the end
 * @param lag how far the one is behind the other
 */
public record PartitionState(String topic, int partition, String group, long committed, long end, long lag) {

	static PartitionState of(GroupLag lag) {
		return new PartitionState(lag.partition().topic(), lag.partition().partition(), lag.group(), lag.committed(),
				lag.end(), lag.end() - lag.committed());
	}

}
