package dev.millrace.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A seek that fails leaves everything as it was, so that no record is passed over.
 */
class SeekTests {

	private static final TopicPartition PARTITION = new TopicPartition("t", 0);

	private final WokenConsumer consumer = new WokenConsumer();

	private final List<TopicPartition> released = new ArrayList<>();

	private int asked;

	@Test
	void movesWhatIsGivenUpAndCommitsIt() {
		Seek seek = seek((consumer, partitions) -> Map.of(PARTITION, 3L));

		seek.run(this.consumer, this.released::addAll);

		assertThat(this.released).containsExactly(PARTITION);
		assertThat(this.consumer.position(PARTITION)).isEqualTo(3);
		assertThat(committed()).isEqualTo(3);
		assertThat(seek.done()).isCompleted();
	}

	@Test
	void nothingIsGivenUpWhenItIsNotKnownWhereToGoOn() {
		Seek seek = seek((consumer, partitions) -> {
			throw new TimeoutException("no answer");
		});

		seek.run(this.consumer, this.released::addAll);

		assertThat(this.released).isEmpty();
		assertThat(this.consumer.position(PARTITION)).isEqualTo(7);
		assertThat(seek.done().toCompletableFuture()).isCompletedExceptionally();
		assertThat(seek.isDone()).isTrue();
	}

	@Test
	void partitionWithoutATargetIsNotGivenUp() {
		Seek seek = seek((consumer, partitions) -> Map.of());

		seek.run(this.consumer, this.released::addAll);

		assertThat(this.released).isEmpty();
		assertThat(this.consumer.position(PARTITION)).isEqualTo(7);
	}

	@Test
	void wakeUpMeantForThePollDoesNotEndIt() {
		this.consumer.wakeUps = 2;
		Seek seek = seek((consumer, partitions) -> {
			if (this.asked++ == 0) {
				throw new WakeupException();
			}
			return Map.of(PARTITION, 3L);
		});

		seek.run(this.consumer, this.released::addAll);

		assertThat(this.asked).isEqualTo(2);
		assertThat(this.released).containsExactly(PARTITION);
		assertThat(committed()).isEqualTo(3);
		assertThat(seek.done()).isCompleted();
	}

	@Test
	void moveIsMadeAlsoWhenGivingUpFails() {
		Seek seek = seek((consumer, partitions) -> Map.of(PARTITION, 3L));

		seek.run(this.consumer, (partitions) -> {
			throw new TimeoutException("no answer");
		});

		assertThat(this.consumer.position(PARTITION)).isEqualTo(3);
		assertThat(seek.done().toCompletableFuture()).isCompletedExceptionally();
	}

	private Seek seek(Seek.Target target) {
		this.consumer.assign(List.of(PARTITION));
		this.consumer.seek(PARTITION, 7);
		return new Seek(List.of(PARTITION), target);
	}

	private long committed() {
		Map<TopicPartition, OffsetAndMetadata> committed = this.consumer.committed(Set.of(PARTITION));
		return committed.get(PARTITION).offset();
	}

	private static final class WokenConsumer extends MockConsumer<byte[], byte[]> {

		private int wakeUps;

		WokenConsumer() {
			super("earliest");
		}

		@Override
		public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
			if (this.wakeUps-- > 0) {
				throw new WakeupException();
			}
			super.commitSync(offsets);
		}

	}

}
