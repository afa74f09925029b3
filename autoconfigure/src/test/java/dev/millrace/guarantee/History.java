package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

/**
 * All that was seen of one consumer group from the first record to the last.
 *
 * @param sent the records of the topic
 * @param handlings the calls of the handlers, in any order
 * @param samples the committed offsets while it ran, in the order of their moments
 * @param committed the committed offsets in the end
 * @param ends the ends of the partitions
 * @param drain how long a rebalance waits for a handler
 */
record History(List<Sent> sent, List<Handling> handlings, List<Sample> samples, Map<TopicPartition, Long> committed,
		Map<TopicPartition, Long> ends, Duration drain) {

	/**
	 * Return the same history with handlings that have failed.
	 * @param failed the handlings
	 * @return a copy
	 */
	History with(List<Handling> failed) {
		List<Handling> all = new ArrayList<>(this.handlings);
		all.addAll(failed);
		return new History(this.sent, all, this.samples, this.committed, this.ends, this.drain);
	}

	/**
	 * Record of the topic.
	 *
	 * @param partition the partition
	 * @param offset the offset
	 * @param key the key
	 * @param seq the number among the records of the key, from 0
	 */
	record Sent(TopicPartition partition, long offset, String key, int seq) {

	}

	/**
	 * Committed offsets, read from the broker.
	 *
	 * @param answered when the answer was there
	 * @param committed the committed offsets
	 */
	record Sample(long answered, Map<TopicPartition, Long> committed) {

	}

}
