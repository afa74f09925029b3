package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The few places where two threads of the engine meet inside a method, which a schedule
 * of whole actions can't cut up: real threads, each of which does the same many times
 * over, so that they meet however busy the machine is.
 */
@Timeout(60)
class RaceTests {

	private static final TopicPartition P0 = EngineFixture.P0;

	private static final int ROUNDS = 1500;

	private static final int RECORDS = 100;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger handled = new AtomicInteger();

	private final List<InFlightRecord> started = new ArrayList<>();

	private Lanes lanes;

	@Test
	void nothingStartsAfterAPartitionWasGivenUp() {
		race(() -> {
			PartitionWindow window = EngineFixture.window(lanes(Ordering.NONE), 2, 1, () -> {
			});
			this.started.clear();
			window.add(List.of(EngineFixture.record(P0, 0, null)), this::keep);
			runAll();
			InFlightRecord any = this.started.get(0);
			any.finish();
			this.handled.set(0);
			int[] before = new int[1];
			return new Meeting(() -> {
				while (any.start()) {
					this.handled.incrementAndGet();
					any.finish();
				}
			}, () -> {
				window.close();
				window.awaitRunning(Duration.ofSeconds(50));
				before[0] = this.handled.get();
			}, () -> this.handled.get() == before[0]);
		});
	}

	@Test
	void releaseEndsWhenTheLastRecordDoesAndCountsIt() {
		race(() -> {
			Assignment assignment = assignment(Ordering.NONE, this::keep);
			poll(assignment, 0, RECORDS);
			runAll();
			List<Assignment.Release> released = new ArrayList<>();
			return new Meeting(() -> this.started.forEach(InFlightRecord::finish),
					() -> released.addAll(assignment.release(List.of(P0), Duration.ofSeconds(50))),
					() -> released.get(0).position() == RECORDS && released.get(0).interrupted().isEmpty());
		});
	}

	@Test
	void partitionsThatArePausedWhileTheirRecordsFinishAreNotForgotten() {
		race(() -> {
			this.started.clear();
			Lanes lanes = lanes(Ordering.NONE);
			AtomicIntegerArray wakeUps = new AtomicIntegerArray(RECORDS);
			List<PartitionWindow> windows = new ArrayList<>();
			for (int i = 0; i < RECORDS; i++) {
				int number = i;
				PartitionWindow window = EngineFixture.window(lanes, 2, 1, () -> wakeUps.incrementAndGet(number));
				window.add(List.of(EngineFixture.record(P0, 0, null), EngineFixture.record(P0, 1, null)), this::keep);
				windows.add(window);
				runAll();
			}
			// Both go through the partitions in the same order.
			return new Meeting(() -> this.started.forEach(InFlightRecord::finish),
					() -> windows.forEach(PartitionWindow::pause),
					() -> IntStream.range(0, RECORDS).allMatch((number) -> wakeUps.get(number) > 0));
		});
	}

	@Test
	void recordsThatAreAddedWhileTheirLaneRetiresRun() {
		race(() -> {
			Assignment assignment = assignment(Ordering.PARTITION, this::finish);
			Lanes lanes = this.lanes;
			return new Meeting(this::work, () -> {
				for (int offset = 0; offset < RECORDS; offset++) {
					poll(assignment, offset, offset + 1);
				}
			}, () -> isAllHandled(lanes));
		});
	}

	@Test
	void recordsThatArePutBackWhileTheirLaneRetiresRunAgain() {
		race(() -> {
			Assignment assignment = assignment(Ordering.PARTITION, this::keep);
			poll(assignment, 0, RECORDS);
			runAll();
			Lanes lanes = this.lanes;
			return new Meeting(this::work,
					() -> this.started.forEach((record) -> record.retry(Duration.ZERO, this::finish)),
					() -> isAllHandled(lanes));
		});
	}

	@Test
	void laneThatHasRetiredSinceItWasLookedUpTakesNothing() {
		Lane lane = EngineFixture.lane(new ManualTimer());
		assertThat(lane.run(EngineFixture.worker(lane))).isEqualTo(Lane.Turn.OVER);
		poll(assignment(Ordering.NONE, this::keep), 0, 1);
		runAll();
		assertThat(lane.add(this.started, 0, 1)).isFalse();
		assertThat(lane.addRetry(this.started.get(0))).isFalse();
	}

	private Lanes lanes(Ordering ordering) {
		return EngineFixture.lanes(ordering, this.tasks::add, RECORDS, Timer.SYSTEM);
	}

	private Assignment assignment(Ordering ordering, RecordHandler handler) {
		this.tasks.clear();
		this.started.clear();
		this.handled.set(0);
		this.lanes = lanes(ordering);
		return EngineFixture.assignment(this.lanes, handler, RECORDS, RECORDS / 2, () -> {
		});
	}

	private static void poll(Assignment assignment, int from, int to) {
		assignment.add(P0,
				LongStream.range(from, to).mapToObj((offset) -> EngineFixture.record(P0, offset, null)).toList());
	}

	private CompletionStage<?> keep(InFlightRecord record) {
		this.started.add(record);
		return null;
	}

	private CompletionStage<?> finish(InFlightRecord record) {
		this.handled.incrementAndGet();
		record.finish();
		return null;
	}

	/** Be the engine's thread until it seems that there is nothing more to do. */
	private void work() {
		for (int i = 0; i < 1_000_000 && this.handled.get() < RECORDS; i++) {
			runAll();
		}
	}

	private boolean isAllHandled(Lanes lanes) {
		runAll();
		return this.handled.get() == RECORDS && lanes.size() == 0;
	}

	private void runAll() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	private static void race(Supplier<Meeting> meetings) {
		try (OtherThread other = new OtherThread()) {
			for (int round = 0; round < ROUNDS; round++) {
				Meeting meeting = meetings.get();
				other.begin(meeting.other());
				// The other thread is not there at once.
				pause(round % 50 * 10);
				meeting.consumer().run();
				other.await();
				assertThat(meeting.isWell().getAsBoolean()).as("round %d", round).isTrue();
			}
		}
	}

	private static void pause(int spins) {
		for (int i = 0; i < spins; i++) {
			Thread.onSpinWait();
		}
	}

	/**
	 * What another thread does, what the consumer's does, and what holds afterwards.
	 */
	private record Meeting(Runnable other, Runnable consumer, BooleanSupplier isWell) {

	}

	/**
	 * Thread that spins for its next task: one that has to be woken meets nobody.
	 */
	private static final class OtherThread implements AutoCloseable {

		private volatile Runnable task;

		private volatile Throwable failure;

		private volatile boolean closed;

		OtherThread() {
			Thread thread = new Thread(this::work, "other");
			thread.setDaemon(true);
			thread.start();
		}

		void begin(Runnable task) {
			this.task = task;
		}

		void await() {
			spin(() -> this.task == null);
			assertThat(this.failure).isNull();
		}

		@Override
		public void close() {
			this.closed = true;
		}

		private void work() {
			spin(() -> this.task != null || this.closed);
			while (!this.closed) {
				try {
					this.task.run();
				}
				catch (Throwable ex) {
					this.failure = ex;
				}
				this.task = null;
				spin(() -> this.task != null || this.closed);
			}
		}

		private static void spin(BooleanSupplier until) {
			for (int i = 0; !until.getAsBoolean(); i++) {
				if (i < 500) {
					Thread.onSpinWait();
				}
				else {
					Thread.yield();
				}
			}
		}

	}

}
