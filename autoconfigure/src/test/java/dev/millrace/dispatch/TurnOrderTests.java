package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which of the lanes that wait for a thread gets it: in equal shares for each
 * partition the one of the oldest record.
 */
class TurnOrderTests {

	private final EngineFixture engine = EngineFixture.slow(Ordering.KEY);

	private long offset;

	@Test
	void recordsOfABusyKeyDoNotWaitForAllOthers() {
		poll("busy", "a", "busy", "b", "busy", "busy", "c");

		this.engine.run();

		assertThat(this.engine.handledOffsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
	}

	@Test
	void recordsOfLaterPollsComeAfterThoseOfABusyKey() {
		poll("busy", "busy", "a", "busy");
		this.engine.timer.advance(Duration.ofSeconds(1));
		poll("b", "busy", "c");

		this.engine.run();

		assertThat(this.engine.handledOffsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
	}

	@Test
	void recordThatFailedKeepsItsPlace() {
		Function<InFlightRecord, CompletionStage<?>> succeeding = this.engine.behaviour;
		this.engine.behaviour = (record) -> {
			if (record.offset() == 0 && record.attempt() == 1) {
				this.engine.timer.advance(Duration.ofMillis(1));
				record.retry(Duration.ofMillis(2), record.handler());
				return null;
			}
			return succeeding.apply(record);
		};
		poll("failing", "busy", "busy", "busy", "busy", "failing");

		this.engine.run();

		assertThat(this.engine.handledOffsets()).containsExactly(0L, 1L, 2L, 0L, 3L, 4L, 5L);
	}

	@Test
	void partitionWithABacklogLeavesTheOthersTheirShare() {
		EngineFixture engine = EngineFixture.slow(Ordering.NONE);
		engine.poll(EngineFixture.P0, LongStream.range(0, 100).toArray());
		engine.poll(EngineFixture.P1, LongStream.range(100, 103).toArray());

		engine.run();

		assertThat(engine.handledOffsets().subList(0, 6)).containsExactlyInAnyOrder(0L, 1L, 2L, 100L, 101L, 102L);
	}

	@ParameterizedTest
	@EnumSource(names = { "PARTITION", "NONE" })
	void partitionThatHadNothingToDoHasNotSavedAnythingUp(Ordering ordering) {
		EngineFixture engine = EngineFixture.slow(ordering);
		engine.poll(EngineFixture.P0, LongStream.range(0, 100).toArray());
		engine.run();
		engine.handled.clear();

		engine.poll(EngineFixture.P1, LongStream.range(1000, 1004).toArray());
		engine.poll(EngineFixture.P0, LongStream.range(100, 104).toArray());
		engine.run();

		assertThat(engine.handledOffsets().subList(0, 5)).containsExactlyInAnyOrder(1000L, 1001L, 1002L, 100L, 101L);
	}

	@Test
	void lanesOfFastRecordsTakeTurnsAsTheyCome() {
		EngineFixture engine = EngineFixture.fast(Ordering.KEY, 1, 1).finishing();
		engine.pollKeyed(EngineFixture.P0, "first", 0);
		engine.run();
		engine.pollKeyed(EngineFixture.P0, "busy", LongStream.range(100, 170).toArray());
		engine.pollKeyed(EngineFixture.P0, "other", 200);

		engine.run();

		assertThat(engine.handledOffsets().indexOf(200L)).isEqualTo(65);
		assertThat(engine.handledOffsets()).hasSize(72).endsWith(169L);
	}

	@Test
	void laneThatWasHeldGivesItsPlaceUp() {
		EngineFixture engine = EngineFixture.fast(1, 1);
		List<CompletableFuture<Void>> holds = new ArrayList<>();
		engine.behaviour = (record) -> {
			CompletableFuture<Void> hold = new CompletableFuture<>();
			holds.add(hold);
			return hold.thenRun(record::finish);
		};
		engine.poll(EngineFixture.P0, 0, 1, 2);
		engine.poll(EngineFixture.P1, 10);

		engine.run();
		for (int i = 0; i < holds.size(); i++) {
			holds.get(i).complete(null);
			engine.run();
		}

		assertThat(engine.handledOffsets()).containsExactly(0L, 10L, 1L, 2L);
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void batchesTakeTurnsAsTheyCome() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 1, new BatchLimits(10, Duration.ZERO, 10))
			.finishing();
		for (int partition = 0; partition < 5; partition++) {
			engine.poll(new TopicPartition("t", partition), partition);
		}

		engine.run();

		assertThat(engine.handledOffsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
	}

	@Test
	void furtherAttemptsOfOnePartitionLeaveTheOthersTheirShare() {
		EngineFixture engine = EngineFixture.slow(Ordering.NONE);
		Function<InFlightRecord, CompletionStage<?>> succeeding = engine.behaviour;
		engine.behaviour = (record) -> {
			if (engine.handled.size() == 30) {
				engine.poll(EngineFixture.P1, LongStream.range(100, 105).toArray());
			}
			if (record.partition().equals(EngineFixture.P0) && record.attempt() < 20) {
				engine.timer.advance(Duration.ofMillis(1));
				record.retry(Duration.ZERO, record.handler());
				return null;
			}
			return succeeding.apply(record);
		};
		engine.poll(EngineFixture.P0, LongStream.range(0, 10).toArray());

		engine.run();

		assertThat(engine.handledOffsets()).hasSize(205);
		assertThat(engine.handledOffsets().subList(30, 42)).contains(100L, 101L, 102L, 103L, 104L);
	}

	@Test
	void batchThatCameWhileAllWasFastIsNotPassedByThoseThatComeLater() {
		ReadyLanes ready = new ReadyLanes();
		LaneTask first = batch();
		LaneTask second = batch();
		ready.append(first);
		ready.insert(second);

		assertThat(ready.poll()).isSameAs(first);
		assertThat(ready.poll()).isSameAs(second);
		assertThat(ready.isEmpty()).isTrue();
	}

	private static LaneTask batch() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 1, new BatchLimits(10, Duration.ZERO, 10));
		LaneExecutor executor = engine.lanes.executor();
		return new BatchTask(new BatchQueue(new BatchLimits(10, Duration.ZERO, 10), executor, engine.timer), executor,
				engine.timer);
	}

	private void poll(String... keys) {
		List<ConsumerRecord<byte[], byte[]>> records = List.of(keys)
			.stream()
			.map((key) -> EngineFixture.record(EngineFixture.P0, this.offset++, key))
			.toList();
		this.engine.assignment.add(EngineFixture.P0, records);
	}

}
