package dev.millrace.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.AssignedPartition;
import dev.millrace.endpoint.AssignedPartition.Start;
import dev.millrace.endpoint.Subscription;
import dev.millrace.faststream.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PartitionReader}.
 */
class PartitionReaderTests {

	private final TestReader reader = new TestReader();

	@Test
	void partitionsAreNumbersAndRanges() {
		this.reader.property("partitions", "1-2").property("offset", "");

		Subscription.Partitions subscription = (Subscription.Partitions) this.reader.read(Several.class).subscription();

		assertThat(subscription.partitions()).containsExactly(new AssignedPartition("shop.a", 1, Start.COMMITTED, 0),
				new AssignedPartition("shop.a", 2, Start.COMMITTED, 0),
				new AssignedPartition("shop.a", 7, Start.COMMITTED, 0),
				new AssignedPartition("shop.b", 0, Start.OFFSET, 42),
				new AssignedPartition("shop.c", 0, Start.EARLIEST, 0),
				new AssignedPartition("shop.d", 0, Start.LATEST, 0));
		assertThat(subscription.topics()).containsExactly("shop.a", "shop.b", "shop.c", "shop.d");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x   |        | has the partitions 'x'
			3-1 |        | has the partitions '3-1'
			7   |        | has the partition shop.a-7 twice
			1   | middle | has partitions with the offset 'middle'
			1   | -5     | has partitions with the offset '-5'
			''  |        | names no partition of the topic 'shop.a'
			""")
	void whatIsNoPartitionIsRefused(String partitions, String offset, String problem) {
		this.reader.property("partitions", partitions).property("offset", (offset != null) ? offset : "");

		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read(partitions.isEmpty() ? Empty.class : Several.class))
			.withMessageContaining(problem);
	}

	@Test
	void partitionsWithoutATopicAreRefused() {
		this.reader.property("topic", "");

		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> this.reader.read(Unset.class))
			.withMessageContaining("has partitions of no topic");
	}

	@Test
	@Behaviour(195)
	void topicsExcludePartitions() {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> this.reader.read(Both.class))
			.withMessageContaining("subscribes to topics and partitions together");
	}

	@StreamRouter(prefix = "shop.")
	static class Several {

		@StreamSubscriber(partitions = {
				@StreamPartition(topic = "a", partitions = { "${partitions}", "7" }, offset = "${offset}"),
				@StreamPartition(topic = "b", partitions = "0", offset = "42"),
				@StreamPartition(topic = "c", partitions = "0", offset = "earliest"),
				@StreamPartition(topic = "d", partitions = "0", offset = "latest") })
		void handle(String text) {
		}

	}

	@StreamRouter(prefix = "shop.")
	static class Empty {

		@StreamSubscriber(partitions = @StreamPartition(topic = "a", partitions = "${partitions}"))
		void handle(String text) {
		}

	}

	@StreamRouter(prefix = "shop.")
	static class Unset {

		@StreamSubscriber(partitions = @StreamPartition(topic = "${topic}", partitions = "0"))
		void handle(String text) {
		}

	}

	static class Both {

		@StreamSubscriber(topics = "in", partitions = @StreamPartition(topic = "a", partitions = "0"))
		void handle(String text) {
		}

	}

}
