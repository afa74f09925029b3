package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The few places where two threads of the engine meet without a lock around both, or
 * inside a class that a schedule of whole actions can't cut up: each meeting many times,
 * with real threads that set off together.
 */
@Timeout(60)
class RaceTests {

	private static final int ROUNDS = 10_000;

	@Test
	void recordThatStartsWhileItsPartitionIsGivenUpIsReportedAsRunningOrDoesNotRun() {
		race(() -> {
			Lanes lanes = EngineFixture.lanes(Ordering.PARTITION, (task) -> {
			}, 1, Timer.SYSTEM);
			PartitionWindow window = EngineFixture.window(lanes, 2, 1, () -> {
			});
			boolean[] started = new boolean[1];
			int[] running = new int[1];
			return new Meeting(() -> started[0] = window.start(), () -> {
				window.close();
				running[0] = window.awaitRunning(Duration.ZERO);
			}, () -> !started[0] || running[0] == 1);
		});
	}

	@Test
	void releaseEndsWhenTheLastRecordDoes() {
		race(() -> {
			EngineFixture engine = new EngineFixture(Ordering.PARTITION, 1, 10, 5);
			engine.poll(EngineFixture.P0, 0);
			engine.run();
			InFlightRecord record = engine.handled(0);
			List<Assignment.Release> released = new ArrayList<>();
			return new Meeting(record::finish,
					() -> released.addAll(engine.assignment.release(List.of(EngineFixture.P0), Duration.ofSeconds(30))),
					() -> released.equals(List.of(new Assignment.Release(EngineFixture.P0, 1, true, 0, 0))));
		});
	}

	@Test
	void partitionThatIsPausedWhileItsRecordsFinishIsNotForgotten() {
		race(() -> {
			AtomicInteger wakeUps = new AtomicInteger();
			List<InFlightRecord> records = new ArrayList<>();
			Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
			Lanes lanes = EngineFixture.lanes(Ordering.NONE, tasks::add, 4, Timer.SYSTEM);
			Assignment assignment = EngineFixture.assignment(lanes, (record) -> {
				records.add(record);
				return null;
			}, 4, 2, wakeUps::incrementAndGet);
			assignment.add(EngineFixture.P0,
					LongStream.range(0, 4)
						.mapToObj((offset) -> EngineFixture.record(EngineFixture.P0, offset, null))
						.toList());
			runAll(tasks);
			assignment.nextCommit(false);
			return new Meeting(() -> records.forEach(InFlightRecord::finish), assignment::paused,
					() -> wakeUps.get() > 0 && assignment.nextCommit(false) != null);
		});
	}

	@Test
	void recordThatIsAddedWhileItsLaneRetiresRuns() {
		race(() -> {
			AtomicInteger handled = new AtomicInteger();
			Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
			Lanes lanes = EngineFixture.lanes(Ordering.PARTITION, tasks::add, 1, Timer.SYSTEM);
			Assignment assignment = EngineFixture.assignment(lanes, (record) -> {
				handled.incrementAndGet();
				record.finish();
				return null;
			}, 10, 5, () -> {
			});
			assignment.add(EngineFixture.P0, List.of(EngineFixture.record(EngineFixture.P0, 0, null)));
			return new Meeting(() -> runAll(tasks),
					() -> assignment.add(EngineFixture.P0, List.of(EngineFixture.record(EngineFixture.P0, 1, null))),
					() -> {
						runAll(tasks);
						return handled.get() == 2 && lanes.size() == 0;
					});
		});
	}

	@Test
	void recordThatIsPutBackWhileItsLaneRetiresRunsAgain() {
		race(() -> {
			AtomicInteger handled = new AtomicInteger();
			AtomicReference<InFlightRecord> first = new AtomicReference<>();
			Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
			Lanes lanes = EngineFixture.lanes(Ordering.PARTITION, tasks::add, 1, Timer.SYSTEM);
			RecordHandler finishing = (record) -> {
				handled.incrementAndGet();
				record.finish();
				return null;
			};
			Assignment assignment = EngineFixture.assignment(lanes,
					(record) -> first.compareAndSet(null, record) ? null : finishing.handle(record), 10, 5, () -> {
					});
			assignment.add(EngineFixture.P0, List.of(EngineFixture.record(EngineFixture.P0, 0, null)));
			runAll(tasks);
			assignment.add(EngineFixture.P0, List.of(EngineFixture.record(EngineFixture.P0, 1, null)));
			return new Meeting(() -> runAll(tasks), () -> first.get().retry(Duration.ZERO, finishing), () -> {
				runAll(tasks);
				return handled.get() == 2 && lanes.size() == 0;
			});
		});
	}

	private static void runAll(Queue<Runnable> tasks) {
		for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
			task.run();
		}
	}

	private static void race(Supplier<Meeting> meetings) {
		try (OtherThread other = new OtherThread()) {
			for (int round = 0; round < ROUNDS; round++) {
				Meeting meeting = meetings.get();
				other.begin(meeting.other());
				for (int i = round % 100; i > 0; i--) {
					// The other thread is not there at once, and takes its time.
					Thread.onSpinWait();
				}
				meeting.consumer().run();
				other.await();
				assertThat(meeting.isWell().getAsBoolean()).as("round %d", round).isTrue();
			}
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
				if (i < 10_000) {
					Thread.onSpinWait();
				}
				else {
					Thread.yield();
				}
			}
		}

	}

}
