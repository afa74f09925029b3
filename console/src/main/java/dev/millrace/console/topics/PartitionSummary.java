package dev.millrace.console.topics;

/**
 * Partition of a topic.
 *
 * @param partition the partition
 * @param begin the first offset that is there
 * @param end the offset of the next record
 */
public record PartitionSummary(int partition, long begin, long end) {

}
