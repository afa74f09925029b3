package dev.millrace.console.topics;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PartitionSearch}.
 */
class PartitionSearchTests {

	@Test
	void manyRoundsReachTheBeginning() {
		PartitionSearch search = new PartitionSearch(new TopicPartition("t", 0), 0, 2000, true);
		int windows = 0;
		while (!search.isExhausted()) {
			search.begin(10);
			while (!search.isThrough()) {
				long before = search.open();
				assertThat(search.isInWindow(before)).isTrue();
				assertThat(search.close(before + 10)).isTrue();
				assertThat(++windows).isLessThan(2000);
			}
		}
	}

}
