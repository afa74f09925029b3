package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for lanes: order, concurrency, retries.
 */
class LaneTests {

	private static final TopicPartition P0 = EngineFixture.P0;

	private static final TopicPartition P1 = EngineFixture.P1;

	private final RecordHandler finish = (record) -> {
		record.finish();
		return null;
	};

	@Test
	void recordsOfAPartitionRunInOrderOneAtATime() {
		CompletableFuture<Void> hold = new CompletableFuture<>();
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500).holding(hold);
		engine.poll(P0, 1, 2, 3);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L);
		hold.complete(null);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L, 3L);
	}

	@Test
	void interruptOfAHandlerIsNotSeenByTheNext() {
		List<Boolean> interrupted = new ArrayList<>();
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.behaviour = (record) -> {
			interrupted.add(Thread.currentThread().isInterrupted());
			Thread.currentThread().interrupt();
			record.finish();
			return null;
		};
		engine.poll(P0, 1, 2);
		engine.poll(P1, 8);
		engine.run();
		assertThat(Thread.interrupted()).isFalse();
		assertThat(interrupted).containsExactly(false, false, false);
	}

	@Test
	void laneThatGetsNoThreadAsksAgain() {
		ManualTimer timer = new ManualTimer();
		List<Throwable> reported = new ArrayList<>();
		Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> reported.add(ex));
		List<Runnable> threads = new ArrayList<>();
		boolean[] refusing = { true };
		Lanes lanes = EngineFixture.lanes(Ordering.PARTITION, (task) -> {
			if (refusing[0]) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			threads.add(task);
		}, 10, 1, timer);
		try {
			EngineFixture.assignment(lanes, this.finish, 1000, 500, () -> {
			}).add(P0, List.of(EngineFixture.record(P0, 1, null)));
			refusing[0] = false;
			timer.advance(Duration.ofSeconds(1));
		}
		finally {
			Thread.currentThread().setUncaughtExceptionHandler(null);
		}
		threads.forEach(Runnable::run);
		assertThat(reported).singleElement().isInstanceOf(OutOfMemoryError.class);
		assertThat(lanes.size()).isZero();
	}

	@Test
	void partitionsRunSideBySide() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500).holding(new CompletableFuture<>());
		engine.poll(P0, 1, 2);
		engine.poll(P1, 8, 9);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 8L);
	}

	@Test
	void recordsOfAKeyRunOneAtATimeAndKeysSideBySide() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 10, 1000, 500).holding(new CompletableFuture<>());
		engine.pollKeyed(P0, "a", 1, 2);
		engine.pollKeyed(P0, "b", 3);
		engine.pollKeyed(P1, "a", 4);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 3L, 4L);
	}

	@Test
	void recordsWithoutAKeyAreSpread() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 10, 1000, 500).holding(new CompletableFuture<>());
		engine.poll(P0, 1, 2, 3);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L, 3L);
	}

	@Test
	void withoutOrderEveryRecordIsIndependent() {
		EngineFixture engine = new EngineFixture(Ordering.NONE, 10, 1000, 500).holding(new CompletableFuture<>());
		engine.pollKeyed(P0, "a", 1, 2, 3);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L, 3L);
	}

	@Test
	void noMoreRecordsRunAtOnceThanTheConcurrency() {
		CompletableFuture<Void> hold = new CompletableFuture<>();
		EngineFixture engine = new EngineFixture(Ordering.NONE, 2, 1000, 500).holding(hold);
		engine.poll(P0, 1, 2, 3, 4, 5);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L);
		hold.complete(null);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L, 3L, 4L, 5L);
	}

	@Test
	void laneWithMuchToDoTakesTurnsWithOthers() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 1, 1000, 500).finishing();
		engine.poll(P0, LongStream.range(0, 200).toArray());
		engine.poll(P1, 1000);
		engine.run();
		assertThat(engine.handledOffsets()).hasSize(201);
		assertThat(engine.handledOffsets().indexOf(1000L)).isLessThan(100);
	}

	@Test
	void lanesExistOnlyWhileTheyHaveWork() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 10, 1000, 500).finishing();
		for (int i = 0; i < 100; i++) {
			engine.pollKeyed(P0, "key-" + i, i);
		}
		assertThat(engine.lanes.size()).isEqualTo(100);
		engine.run();
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void recordThatFailedRunsAgainBeforeAllThatWaitAndNothingRunsMeanwhile() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.behaviour = (record) -> {
			if (record.attempt() == 1 && record.offset() == 1) {
				record.retry(Duration.ofSeconds(1), record.handler());
			}
			else {
				record.finish();
			}
			return null;
		};
		engine.poll(P0, 1, 2);
		engine.run();
		engine.timer.advance(Duration.ofMillis(999));
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L);
		engine.timer.advance(Duration.ofMillis(1));
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 1L, 2L);
		assertThat(engine.handled(1).attempt()).isEqualTo(2);
	}

	@Test
	void laneThatWaitsForARetryHoldsNoSlot() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 1, 1000, 500);
		engine.behaviour = (record) -> {
			record.retry(Duration.ofSeconds(1), this.finish);
			return null;
		};
		engine.poll(P0, 1);
		engine.run();
		engine.poll(P1, 2);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L);
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsKeptUntilItIsDueWhenItsAssignmentHasEnded(Ordering ordering) {
		EngineFixture engine = new EngineFixture(ordering, 10, 1000, 500);
		engine.behaviour = (record) -> {
			record.retry(Duration.ofHours(1), this.finish);
			return null;
		};
		engine.poll(P0, 1, 2, 3);
		engine.run();
		assertThat(engine.lanes.size()).isPositive();

		engine.assignment.release(Set.of(P0), Duration.ZERO);
		engine.run();

		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void nothingIsKeptUntilItIsDueBehindASeek() {
		EngineFixture engine = new EngineFixture(Ordering.NONE, 10, 1000, 500);
		engine.behaviour = (record) -> {
			record.retry(Duration.ofHours(1), this.finish);
			return null;
		};
		engine.poll(P0, 1, 2, 3);
		engine.run();
		engine.finishing();

		engine.poll(P0, 1, 2, 3);
		engine.run();

		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void lateFailuresOfOneLaneRunAgainInTheOrderOfTheirOffsets() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.poll(P0, 1, 2, 3);
		engine.run();
		List<Long> again = new ArrayList<>();
		RecordHandler next = (record) -> {
			again.add(record.offset());
			record.finish();
			return null;
		};
		engine.handled(3).retry(Duration.ofSeconds(1), next);
		engine.handled(1).retry(Duration.ofSeconds(2), next);
		engine.handled(2).retry(Duration.ofSeconds(1), next);
		engine.timer.advance(Duration.ofSeconds(1));
		engine.run();
		assertThat(again).isEmpty();
		engine.timer.advance(Duration.ofSeconds(1));
		engine.run();
		assertThat(again).containsExactly(1L, 2L, 3L);
	}

	@Test
	void retryOfALaneThatWasRetiredKeepsLaterRecordsOfTheKeyBack() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 10, 1000, 500);
		engine.pollKeyed(P0, "a", 1);
		engine.run();
		assertThat(engine.lanes.size()).isZero();
		engine.handled(1).retry(Duration.ofSeconds(1), this.finish);
		engine.pollKeyed(P0, "a", 2);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L);
		engine.timer.advance(Duration.ofSeconds(1));
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 2L);
	}

	@Test
	void recordsThatArriveDuringARetryDelaySetNoFurtherAlarm() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.poll(P0, 1);
		engine.run();
		engine.handled(1).retry(Duration.ofSeconds(1), this.finish);
		for (int offset = 2; offset < 100; offset++) {
			engine.poll(P0, offset);
		}
		assertThat(engine.timer.pending()).isEqualTo(1);
	}

	@Test
	void recordOfAnEarlierAssignmentStillBlocksItsLane() {
		CompletableFuture<Void> hold = new CompletableFuture<>();
		EngineFixture engine = new EngineFixture(Ordering.KEY, 10, 1000, 500).holding(hold);
		engine.pollKeyed(P0, "a", 1, 2);
		engine.run();
		engine.assignment.release(Set.of(P0), Duration.ZERO);
		engine.finishing().pollKeyed(P0, "a", 1, 2);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L);
		hold.complete(null);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L, 1L, 2L);
		assertThat(engine.position(P0)).isEqualTo(3);
	}

	@Test
	void retryOfAnEarlierAssignmentDoesNotHoldTheNextOneUp() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.poll(P0, 1);
		engine.run();
		engine.handled(1).retry(Duration.ofHours(1), this.finish);
		engine.assignment.release(Set.of(P0), Duration.ZERO);
		engine.handled.clear();
		engine.poll(P0, 1);
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(1L);
	}

	@Test
	void handlerWithABugIsCalledAgainAndLosesNothing() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.behaviour = (record) -> {
			if (record.attempt() == 1) {
				throw new IllegalStateException("bug");
			}
			record.finish();
			return null;
		};
		List<Throwable> uncaught = new ArrayList<>();
		Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
		engine.poll(P0, 1);
		engine.run();
		Thread.currentThread().setUncaughtExceptionHandler(null);
		assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(engine.position(P0)).isEqualTo(1);
		engine.timer.advance(Duration.ofSeconds(1));
		engine.run();
		assertThat(engine.position(P0)).isEqualTo(2);
	}

}
