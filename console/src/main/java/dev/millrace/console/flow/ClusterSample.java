package dev.millrace.console.flow;

import java.util.List;
import java.util.Map;

import dev.millrace.actuate.PartitionState;

/**
 * What the brokers have said.
 *
 * @param time when, in milliseconds of a clock that is never set
 * @param ends the ends of the partitions of each topic
 * @param partitions where subscribers are
 */
record ClusterSample(long time, Map<String, List<Long>> ends, Map<String, List<PartitionState>> partitions) {

	static final ClusterSample NONE = new ClusterSample(-1, Map.of(), Map.of());

}
