package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchLanes}: what is in a batch, and when it begins.
 */
class BatchLanesTests {

	private static final Duration WAIT = Duration.ofMillis(200);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final BatchLimits LIMITS = new BatchLimits(3, WAIT, 3);

	private EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, LIMITS).finishing();

	@Test
	void nothingIsKeptUntilItIsDueWhenItsAssignmentHasEnded() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 10, new BatchLimits(10, Duration.ZERO, 10));
		engine.behaviour = (record) -> {
			record.retry(Duration.ofHours(1), record.handler());
			return null;
		};
		engine.poll(EngineFixture.P0, 1, 2, 3);
		engine.run();
		assertThat(engine.lanes.size()).isPositive();

		engine.assignment.release(Set.of(EngineFixture.P0), Duration.ZERO);
		engine.run();

		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void batchThatWillNotRunDoesNotCountForTheRate() {
		this.engine.lanes.maxRate(10);
		this.engine.poll(EngineFixture.P0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
		this.engine.run();
		this.engine.assignment.release(Set.of(EngineFixture.P0), Duration.ZERO);
		this.engine.poll(EngineFixture.P1, 0, 1, 2);
		for (int tenth = 0; tenth < 3; tenth++) {
			pass(Duration.ofMillis(100));
		}
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(0L, 1L, 2L));
	}

	@Test
	void batchBeginsWhenItIsFull() {
		this.engine.poll(EngineFixture.P0, 0, 1, 2, 3, 4, 5, 6);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L));
	}

	@Test
	void batchThatIsNotFullBeginsWhenItsFirstRecordHasWaited() {
		this.engine.poll(EngineFixture.P0, 0);
		pass(WAIT.minusMillis(1));
		this.engine.poll(EngineFixture.P0, 1);
		this.engine.run();
		assertThat(this.engine.batches).isEmpty();
		pass(Duration.ofMillis(1));
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L));
		assertThat(this.engine.lanes.size()).isZero();
		assertThat(this.engine.timer.pending()).isZero();
	}

	@Test
	void whatHasWaitedWhileABatchRanDoesNotWaitAgain() {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.engine.holding(slow);
		this.engine.poll(EngineFixture.P0, 0, 1, 2, 3);
		pass(SECOND);
		assertThat(this.engine.batches).hasSize(1);
		slow.complete(null);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(3L));
	}

	@Test
	void partitionsHaveBatchesOfTheirOwn() {
		this.engine.poll(EngineFixture.P0, 0, 1);
		this.engine.poll(EngineFixture.P1, 10);
		pass(WAIT);
		assertThat(this.engine.batches).containsExactlyInAnyOrder(List.of(0L, 1L), List.of(10L));
	}

	@Test
	void keysOfAllPartitionsShareABatch() {
		this.engine = new EngineFixture(Ordering.KEY, 10, LIMITS).finishing();
		this.engine.pollKeyed(EngineFixture.P0, "a", 0);
		this.engine.pollKeyed(EngineFixture.P1, "a", 10);
		this.engine.pollKeyed(EngineFixture.P1, "b", 11);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(0L, 10L, 11L));
	}

	@Test
	void keyIsNeverInTwoBatches() {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.engine = new EngineFixture(Ordering.KEY, 10, LIMITS).holding(slow);
		this.engine.pollKeyed(EngineFixture.P0, "a", 0, 1, 2, 3);
		this.engine.pollKeyed(EngineFixture.P0, "b", 4, 5, 6);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(4L, 5L, 6L));
		pass(SECOND);
		assertThat(this.engine.batches).hasSize(2);
		slow.complete(null);
		this.engine.run();
		assertThat(this.engine.batches).contains(List.of(3L));
	}

	@Test
	void atMostAsManyBatchesRunAsTheConcurrencyAllows() {
		this.engine = new EngineFixture(Ordering.NONE, 2, LIMITS).holding(new CompletableFuture<>());
		this.engine.poll(EngineFixture.P0, LongStream.range(0, 30).toArray());
		this.engine.run();
		assertThat(this.engine.batches).hasSize(2);
		this.engine.lanes.concurrency(3);
		this.engine.run();
		assertThat(this.engine.batches).hasSize(3);
	}

	@Test
	void onlyThoseThatFailedAreTriedAgainAndThoseBehindThemWait() {
		this.engine.behaviour = (record) -> {
			end(record, record.offset() > 0 && record.attempt() == 1 && record.offset() < 3);
			return null;
		};
		this.engine.poll(EngineFixture.P0, 0, 1, 2, 3, 4, 5);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L));
		pass(SECOND.plus(WAIT));
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(1L, 2L), List.of(3L, 4L, 5L));
	}

	@Test
	void failedRecordHoldsUpNoOtherKey() {
		this.engine = new EngineFixture(Ordering.KEY, 10, LIMITS);
		this.engine.behaviour = (record) -> {
			end(record, record.offset() == 0 && record.attempt() == 1);
			return null;
		};
		this.engine.pollKeyed(EngineFixture.P0, "a", 0, 1);
		this.engine.pollKeyed(EngineFixture.P0, "b", 2, 3);
		this.engine.run();
		this.engine.pollKeyed(EngineFixture.P0, "a", 4);
		this.engine.pollKeyed(EngineFixture.P0, "b", 5);
		pass(WAIT);
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 5L));
		pass(SECOND);
		assertThat(this.engine.batches.subList(2, 4)).containsExactly(List.of(0L), List.of(4L));
	}

	@Test
	void whoeverFailsAgainIsTriedWithFewerOthersAndAloneInTheEnd() {
		BatchLimits limits = new BatchLimits(100, WAIT, 3);
		this.engine = new EngineFixture(Ordering.PARTITION, 10, limits);
		this.engine.behaviour = (record) -> {
			end(record, record.attempt() < 3);
			return null;
		};
		this.engine.poll(EngineFixture.P0, LongStream.range(0, 20).toArray());
		for (int i = 0; i < 50; i++) {
			pass(SECOND);
		}
		assertThat(this.engine.batches.get(0)).hasSize(20);
		assertThat(this.engine.batches.get(1)).containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
		assertThat(this.engine.batches).hasSize(1 + 2 + 20);
		assertThat(this.engine.batches.subList(2, 12)).allMatch((batch) -> batch.size() == 1);
		assertThat(this.engine.lanes.size()).isZero();
	}

	@Test
	void newRecordsDoNotStarveWhileRetriesAreAlwaysDue() {
		this.engine = new EngineFixture(Ordering.NONE, 1, new BatchLimits(1, WAIT, 1));
		this.engine.behaviour = (record) -> {
			this.engine.timer.advance(SECOND);
			if (record.offset() == 0 && record.attempt() < 10) {
				record.retry(Duration.ZERO, record.handler());
			}
			else {
				record.finish();
			}
			return null;
		};
		this.engine.poll(EngineFixture.P0, 0, 1, 2);
		this.engine.run();
		assertThat(this.engine.handledOffsets()).startsWith(0L, 1L, 2L, 0L);
	}

	@Test
	void stepOfOneRecordRunsAloneAndAtOnce() {
		this.engine.behaviour = (record) -> {
			record.retry(Duration.ZERO, (again) -> {
				this.engine.batches.add(List.of(-again.offset()));
				again.finish();
				return null;
			});
			return null;
		};
		this.engine.poll(EngineFixture.P0, 1, 2, 3);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(1L, 2L, 3L), List.of(-1L), List.of(-2L), List.of(-3L));
	}

	@Test
	void recordsOfDifferentHandlersShareNoBatch() {
		this.engine = new EngineFixture(Ordering.NONE, 10, LIMITS).finishing();
		List<List<Long>> others = new ArrayList<>();
		BatchHandler other = (batch) -> {
			others.add(batch.stream().map(InFlightRecord::offset).toList());
			batch.forEach(InFlightRecord::finish);
			return null;
		};
		Assignment assignment = EngineFixture.assignment(this.engine.lanes, other, 1000, 500, () -> {
		});
		this.engine.poll(EngineFixture.P0, 0, 1);
		assignment.add(EngineFixture.P1, List.of(EngineFixture.record(EngineFixture.P1, 10, null)));
		pass(WAIT);
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L));
		assertThat(others).containsExactly(List.of(10L));
	}

	@Test
	void flushBeginsWhatIsThere() {
		this.engine.poll(EngineFixture.P0, 0);
		this.engine.lanes.flush();
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(0L));
		this.engine.timer.advance(Duration.ofNanos(1));
		this.engine.poll(EngineFixture.P0, 1);
		this.engine.run();
		assertThat(this.engine.batches).hasSize(1);
	}

	@Test
	void rateCountsRecords() {
		this.engine.lanes.maxRate(10);
		this.engine.poll(EngineFixture.P0, LongStream.range(0, 9).toArray());
		this.engine.run();
		assertThat(this.engine.handled).hasSize(3);
		pass(Duration.ofMillis(299));
		assertThat(this.engine.handled).hasSize(3);
		pass(Duration.ofMillis(101));
		assertThat(this.engine.handled).hasSize(6);
		pass(Duration.ofMillis(400));
		assertThat(this.engine.handled).hasSize(9);
	}

	@Test
	void nothingOfAPartitionThatWasGivenUpBegins() {
		this.engine = new EngineFixture(Ordering.NONE, 10, LIMITS).finishing();
		this.engine.poll(EngineFixture.P0, 0, 1);
		this.engine.poll(EngineFixture.P1, 10);
		List<Assignment.Release> released = this.engine.assignment.release(Set.of(EngineFixture.P0), Duration.ZERO);
		this.engine.run();
		assertThat(this.engine.batches).containsExactly(List.of(10L));
		assertThat(released).singleElement().extracting(Assignment.Release::waiting).isEqualTo(2);
		assertThat(this.engine.lanes.size()).isZero();
	}

	@Test
	void partitionThatComesBackWaitsForItsBatch() {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.engine.holding(slow);
		this.engine.poll(EngineFixture.P0, 0, 1, 2);
		this.engine.run();
		this.engine.assignment.release(Set.of(EngineFixture.P0), Duration.ZERO);
		this.engine.finishing();
		this.engine.poll(EngineFixture.P0, 0, 1, 2);
		pass(SECOND);
		assertThat(this.engine.batches).hasSize(1);
		slow.complete(null);
		this.engine.run();
		assertThat(this.engine.batches).hasSize(2);
	}

	@Test
	void bugOfAHandlerHasThoseTriedAgainThatHaveNotEnded() {
		this.engine.behaviour = (record) -> {
			if (record.offset() == 1 && record.attempt() == 1) {
				throw new IllegalStateException("bug");
			}
			record.finish();
			return null;
		};
		Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
		});
		try {
			this.engine.poll(EngineFixture.P0, 0, 1, 2);
			this.engine.run();
		}
		finally {
			Thread.currentThread().setUncaughtExceptionHandler(null);
		}
		pass(SECOND.plus(WAIT));
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(1L, 2L));
		assertThat(this.engine.position(EngineFixture.P0)).isEqualTo(3);
	}

	@Test
	void retriesDoNotWaitForOthersForLong() {
		this.engine = new EngineFixture(Ordering.PARTITION, 10, new BatchLimits(3, Duration.ofHours(1), 3));
		this.engine.behaviour = (record) -> {
			if (record.offset() == 1 && this.engine.batches.size() == 1) {
				record.postpone(Duration.ZERO, record.handler());
			}
			else {
				record.finish();
			}
			return null;
		};
		this.engine.poll(EngineFixture.P0, 0, 1, 2);
		pass(WAIT);
		assertThat(this.engine.batches).containsExactly(List.of(0L, 1L, 2L), List.of(1L));
	}

	@Test
	void sizesShrinkFromAllToOne() {
		assertThat(LongStream.rangeClosed(1, 12).map((attempt) -> new BatchLimits(500, WAIT, 10).size((int) attempt)))
			.containsExactly(500L, 251L, 126L, 63L, 32L, 16L, 8L, 4L, 2L, 1L, 1L, 1L);
		assertThat(LIMITS.size(2)).isEqualTo(2);
		assertThat(new BatchLimits(500, WAIT, 1).size(1)).isEqualTo(500);
		assertThat(new BatchLimits(500, WAIT, 2).size(2)).isEqualTo(1);
	}

	private static void end(InFlightRecord record, boolean failed) {
		if (failed) {
			record.retry(SECOND, record.handler());
		}
		else {
			record.finish();
		}
	}

	private void pass(Duration duration) {
		this.engine.run();
		this.engine.timer.advance(duration);
		this.engine.run();
	}

}
