package dev.millrace.dispatch;

import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer has of one partition, at one moment.
 *
 * @param partition the partition
 * @param position the offset of the first record that is not finished: what is committed
 * next
 * @param fetchedTo the offset of the next record to be polled
 * @param size how many records lie between the poll and the acknowledged commit
 * @param unfinished how many of them are not finished
 * @param high how many of them pause the partition
 * @param paused whether it is paused because of them
 */
public record WindowView(TopicPartition partition, long position, long fetchedTo, long size, int unfinished, int high,
		boolean paused) {

}
