package dev.millrace.listener;

import java.util.List;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnedPartitions}.
 */
class OwnedPartitionsTests {

	private static final TopicPartition P0 = new TopicPartition("t", 0);

	private static final TopicPartition P1 = new TopicPartition("t", 1);

	private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

	private final OwnedPartitions owned = new OwnedPartitions(this.consumer);

	@BeforeEach
	void giveUpOneOfTwo() {
		this.consumer.assign(List.of(P0, P1));
		this.owned.gaveUp(List.of(P1));
	}

	@Test
	void partitionThatWasGivenUpIsGoneBeforeTheConsumerSaysSo() {
		assertThat(this.owned.get()).containsExactly(P0);
		assertThat(this.owned.isSettled()).isFalse();
	}

	@Test
	void partitionThatWasAssignedAnewIsThere() {
		this.owned.assigned(List.of(P1));
		assertThat(this.owned.get()).containsExactlyInAnyOrder(P0, P1);
		assertThat(this.owned.isSettled()).isTrue();
	}

	@Test
	void partitionThatHasLeftAndComeBackUnreportedIsThere() {
		this.consumer.assign(List.of(P0));
		assertThat(this.owned.get()).containsExactly(P0);
		assertThat(this.owned.isSettled()).isTrue();
		this.consumer.assign(List.of(P0, P1));
		assertThat(this.owned.get()).containsExactlyInAnyOrder(P0, P1);
	}

}
