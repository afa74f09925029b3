package dev.millrace.listener;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdleConsumerWatch}.
 */
@ExtendWith(OutputCaptureExtension.class)
class IdleConsumerWatchTests {

	private static final String WARNING = "has consumers without a partition";

	private static final TopicPartition PARTITION = new TopicPartition("in", 0);

	private final IdleConsumerWatch watch = new IdleConsumerWatch(
			TestEndpoint.of(TestEndpoint.delivery(dev.millrace.AckPolicy.ACK_ON_SUCCESS)));

	@Test
	void consumersWithoutAPartitionAreReportedOnceWhenThatLasts(CapturedOutput output) {
		MockConsumer<byte[], byte[]> busy = consumer(Set.of(PARTITION));
		List<MockConsumer<byte[], byte[]>> idle = List.of(consumer(Set.of()), consumer(Set.of()));

		for (int second = 0; second < 30; second++) {
			look(busy, second);
			look(idle.get(0), second);
			look(idle.get(1), second);
		}
		assertThat(output).doesNotContain(WARNING);

		for (int second = 30; second < 1000; second++) {
			look(busy, second);
			look(idle.get(0), second);
			look(idle.get(1), second);
		}
		assertThat(output).containsOnlyOnce(WARNING)
			.contains("Subscriber 'id'", "has consumers without a partition (2)", "its group 'group'",
					"partitions of in");
	}

	@Test
	void nothingIsReportedOfRebalances(CapturedOutput output) {
		MockConsumer<byte[], byte[]> consumer = consumer(Set.of(PARTITION));
		for (int second = 0; second < 1000; second++) {
			rebalance(consumer, (second % 29 != 0) ? Set.of() : Set.of(PARTITION));
			look(consumer, second);
		}
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void whatHasEndedIsReportedAgainWhenItComesBack(CapturedOutput output) {
		MockConsumer<byte[], byte[]> consumer = consumer(Set.of());
		look(consumer, 0);
		look(consumer, 31);
		rebalance(consumer, Set.of(PARTITION));
		look(consumer, 40);
		rebalance(consumer, Set.of());
		look(consumer, 50);
		look(consumer, 79);
		assertThat(output).containsOnlyOnce(WARNING);
		look(consumer, 80);
		assertThat(output.getOut().split(WARNING, -1)).hasSize(3);
	}

	@Test
	void patternThatNothingMatchesYetIsNotReported(CapturedOutput output) {
		MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
		look(consumer, 0);
		look(consumer, 1000);
		assertThat(output).doesNotContain(WARNING);
	}

	private void look(MockConsumer<byte[], byte[]> consumer, long second) {
		this.watch.look(consumer, Duration.ofSeconds(second).toNanos());
	}

	private static MockConsumer<byte[], byte[]> consumer(Set<TopicPartition> partitions) {
		MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
		consumer.subscribe(Set.of("in"));
		rebalance(consumer, partitions);
		return consumer;
	}

	private static void rebalance(MockConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
		consumer.rebalance(partitions);
	}

}
