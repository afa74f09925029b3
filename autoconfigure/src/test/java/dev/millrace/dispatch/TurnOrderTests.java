package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which of the lanes that wait for a thread gets it: the one whose next record
 * was there first.
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
	void recordThatFailedComesAfterThoseThatWereThereWhenItBecameDue() {
		Function<InFlightRecord, CompletionStage<?>> succeeding = this.engine.behaviour;
		this.engine.behaviour = (record) -> {
			if (record.offset() == 0 && record.attempt() == 1) {
				this.engine.timer.advance(Duration.ofMillis(1));
				record.retry(Duration.ofMillis(2), record.handler());
				return null;
			}
			return succeeding.apply(record);
		};
		poll("failing", "failing", "busy", "busy", "busy", "busy");
		this.engine.run();
		assertThat(this.engine.handledOffsets()).containsExactly(0L, 2L, 3L, 4L, 5L, 0L, 1L);
	}

	@Test
	void laneThatWasHeldGivesItsPlaceUpToRecordsThatWereThereBefore() {
		EngineFixture engine = EngineFixture.fast(1, 1);
		List<CompletableFuture<Void>> holds = new ArrayList<>();
		engine.behaviour = (record) -> {
			CompletableFuture<Void> hold = new CompletableFuture<>();
			holds.add(hold);
			return hold.thenRun(record::finish);
		};
		engine.poll(EngineFixture.P0, 0, 1);
		engine.timer.advance(Duration.ofSeconds(1));
		engine.poll(EngineFixture.P1, 10);
		engine.timer.advance(Duration.ofSeconds(1));
		engine.poll(EngineFixture.P0, 2);

		engine.run();
		for (int i = 0; i < holds.size(); i++) {
			holds.get(i).complete(null);
			engine.run();
		}

		assertThat(engine.handledOffsets()).containsExactly(0L, 1L, 10L, 2L);
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void lanesOfFastRecordsKeepTheOrderTurnByTurn() {
		EngineFixture engine = EngineFixture.fast(1, 1).finishing();
		engine.poll(EngineFixture.P0, LongStream.range(0, 200).toArray());
		engine.timer.advance(Duration.ofSeconds(1));
		engine.poll(EngineFixture.P1, 1000);

		engine.run();

		assertThat(engine.handledOffsets()).endsWith(199L, 1000L);
	}

	private void poll(String... keys) {
		List<ConsumerRecord<byte[], byte[]>> records = List.of(keys)
			.stream()
			.map((key) -> EngineFixture.record(EngineFixture.P0, this.offset++, key))
			.toList();
		this.engine.assignment.add(EngineFixture.P0, records);
	}

}
