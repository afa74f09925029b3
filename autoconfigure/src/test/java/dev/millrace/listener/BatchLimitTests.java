package dev.millrace.listener;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchLimit}.
 */
class BatchLimitTests {

	private final BatchLimit limit = new BatchLimit(Duration.ofSeconds(4));

	@Test
	void everythingIsTakenAtFirst() {
		assertThat(chosen(100, 1, 7)).containsExactly(100, 1, 7);
	}

	@Test
	void halfOfWhatCouldBeDoneIsTakenAfterwardsFromAllPartitionsAlike() {
		assertThat(this.limit.outOfTime(16)).isTrue();
		assertThat(chosen(100, 1, 7, 50)).containsExactly(2, 1, 2, 2);
	}

	@Test
	void oneRecordIsTakenAtLeast() {
		assertThat(this.limit.outOfTime(1)).isTrue();
		assertThat(chosen(100, 50)).containsExactly(1);
		assertThat(this.limit.outOfTime(0)).isFalse();
		assertThat(chosen(100, 50)).containsExactly(1);
	}

	@Test
	void moreIsTakenAgainWhenThereIsTime() {
		this.limit.outOfTime(16);
		this.limit.committed(Duration.ofMillis(999));
		assertThat(chosen(100)).containsExactly(16);
		this.limit.committed(Duration.ofSeconds(1));
		assertThat(chosen(100)).containsExactly(16);
		for (int i = 0; i < 100; i++) {
			this.limit.committed(Duration.ZERO);
		}
		assertThat(chosen(1000)).containsExactly(1000);
	}

	private List<Integer> chosen(int... counts) {
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new LinkedHashMap<>();
		for (int i = 0; i < counts.length; i++) {
			int partition = i;
			polled.put(new TopicPartition("in", partition),
					IntStream.range(0, counts[i])
						.mapToObj((offset) -> new ConsumerRecord<>("in", partition, offset, new byte[0], new byte[0]))
						.toList());
		}
		return this.limit.choose(polled).values().stream().map(List::size).toList();
	}

}
