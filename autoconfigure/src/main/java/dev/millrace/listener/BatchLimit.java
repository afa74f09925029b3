package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records go into one transaction: all that a poll brings, unless they have
 * turned out to be more than can be handled in time. Only the consumer's thread calls.
 */
final class BatchLimit {

	private final Duration time;

	private int records = Integer.MAX_VALUE;

	BatchLimit(Duration time) {
		this.time = time;
	}

	/**
	 * Choose the first records of each partition.
	 * @param polled the records of a poll
	 * @return those that go into the next transaction
	 */
	Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> choose(
			Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled) {
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> chosen = new LinkedHashMap<>();
		int share = Math.max(1, this.records / Math.max(1, polled.size()));
		int left = this.records;
		for (Map.Entry<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> entry : polled.entrySet()) {
			int count = Math.min(left, Math.min(share, entry.getValue().size()));
			if (count > 0) {
				chosen.put(entry.getKey(), new ArrayList<>(entry.getValue().subList(0, count)));
			}
			left -= count;
		}
		return chosen;
	}

	/**
	 * Take note that a batch was not finished in time.
	 * @param finished how many of its records were
	 * @return whether the next batch will be smaller
	 */
	boolean outOfTime(int finished) {
		int before = this.records;
		this.records = Math.max(1, Math.min(before, finished) / 2);
		return this.records < before;
	}

	/**
	 * Take note that a batch was committed.
	 * @param duration how long it took
	 */
	void committed(Duration duration) {
		if (duration.compareTo(this.time.dividedBy(4)) < 0) {
			this.records = (int) Math.min(Integer.MAX_VALUE, this.records * 2L);
		}
	}

}
