package dev.millrace.test.engine;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsumerPositions}.
 */
class ConsumerPositionsTests {

	private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

	private final ConsumerPositions positions = new ConsumerPositions();

	@Test
	void partitionThatIsRevokedMeanwhileHasNoPosition() {
		try (MockConsumer<byte[], byte[]> consumer = new Revoked()) {
			consumer.assign(List.of(PARTITION));

			this.positions.polling(consumer);

			assertThat(this.positions.hasReached(consumer.groupMetadata().groupId(), PARTITION, 0)).isFalse();
		}
	}

	/** What is asked for a position when the broker has just taken the partition. */
	private static final class Revoked extends MockConsumer<byte[], byte[]> {

		private Revoked() {
			super("earliest");
		}

		@Override
		public synchronized long position(TopicPartition partition, Duration timeout) {
			throw new IllegalStateException("You can only check the position for partitions assigned to this consumer");
		}

	}

}
