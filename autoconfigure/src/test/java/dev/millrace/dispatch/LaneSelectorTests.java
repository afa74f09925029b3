package dev.millrace.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the keys of lanes.
 */
class LaneSelectorTests {

	private static final int PARTITIONS = 6;

	private static final int KEYS = 2000;

	@Test
	void numberedKeysOfAllPartitionsHaveHashesOfTheirOwn() {
		LaneSelector selector = LaneSelector.of(Ordering.KEY);

		assertThat(IntStream.range(0, PARTITIONS * KEYS)
			.map((i) -> key(selector, i / KEYS, i % KEYS).hashCode())
			.distinct()).hasSize(PARTITIONS * KEYS);
	}

	@Test
	void sameKeyOfAnotherPartitionIsAnother() {
		LaneSelector selector = LaneSelector.of(Ordering.KEY);

		assertThat(key(selector, 0, 1)).isEqualTo(key(selector, 0, 1))
			.isNotEqualTo(key(selector, 1, 1))
			.isNotEqualTo(key(selector, 0, 2));
	}

	private static Object key(LaneSelector selector, int partition, int number) {
		byte[] key = "customer-%04d".formatted(number).getBytes(StandardCharsets.UTF_8);
		return selector.laneKey(new TopicPartition("t", partition),
				new ConsumerRecord<>("t", partition, 0, key, new byte[0]));
	}

}
