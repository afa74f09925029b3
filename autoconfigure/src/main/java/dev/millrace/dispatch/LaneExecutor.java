package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.LaneTask.Turn;

/**
 * Gives threads to lanes that are ready, at most so many at a time. A slot belongs to a
 * lane while one of its records runs, also when that record holds it without a thread.
 * <p>
 * Records that wait for something need a thread each. Records that do not need a
 * processor, and more threads than that are in each other's way: as long as the
 * {@link Pace} says so, the lanes take turns on a few.
 */
final class LaneExecutor {

	/**
	 * A thread that waits for a processor is not held up.
	 */
	private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

	private static final Duration WITHOUT_THREAD = Duration.ofSeconds(1);

	private final Executor threads;

	private final RateLimit rate;

	private final RunContext context;

	private final Pace pace;

	private final Timer clock;

	private final ReadyLanes ready = new ReadyLanes();

	/** The highest tag that was started. */
	private long virtualTime;

	private int slots;

	/** How many slots are taken. */
	private int busy;

	/** How many threads are at work. */
	private int working;

	private boolean looking;

	private long begunAtLook;

	LaneExecutor(Executor threads, int slots, RateLimit rate, RunContext context, Pace pace, Timer clock) {
		this.threads = threads;
		this.slots = slots;
		this.rate = rate;
		this.context = context;
		this.pace = pace;
		this.clock = clock;
	}

	/**
	 * Change how many lanes get a thread at a time. Those that have one keep it until
	 * their turn is over.
	 * @param slots the number of lanes
	 */
	void resize(int slots) {
		synchronized (this) {
			this.slots = slots;
		}
		startReady();
	}

	/**
	 * Run a lane as soon as a slot is free.
	 * @param lane a lane that is active and not at this executor
	 */
	void submit(LaneTask lane) {
		synchronized (this) {
			if (!mayStart()) {
				await(lane);
				lookLater();
				return;
			}
			begin(lane);
		}
		execute(lane);
	}

	/**
	 * Go on with a lane that was held and still has its slot.
	 * @param lane the lane
	 */
	void resume(LaneTask lane) {
		synchronized (this) {
			this.working++;
		}
		execute(lane);
	}

	// A lane that gets no thread keeps its slot, and what is in it, until there is one.
	private void execute(LaneTask lane) {
		try {
			this.threads.execute(new Worker(lane));
		}
		catch (RuntimeException | Error ex) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			this.clock.schedule(WITHOUT_THREAD.toNanos(), () -> execute(lane));
		}
	}

	/**
	 * Return how far it has come with all partitions.
	 * @return the least tag that a record gets from now on
	 */
	synchronized long virtualTime() {
		return this.virtualTime;
	}

	private synchronized int turn() {
		return this.pace.turn();
	}

	private @Nullable LaneTask next(LaneTask lane, Turn turn, long nanos, Worker worker) {
		boolean slower;
		LaneTask next;
		synchronized (this) {
			slower = this.pace.took(nanos, worker.begun);
			worker.records = this.pace.turn();
			next = switch (turn) {
				case OVER -> {
					this.busy--;
					yield take();
				}
				case MORE -> takeTurns(lane);
				case HELD -> take();
			};
			lookLater();
		}
		if (slower) {
			startReady();
		}
		return next;
	}

	private @Nullable LaneTask takeTurns(LaneTask lane) {
		if (this.busy > this.slots || this.working > threadLimit() || !this.ready.isEmpty()) {
			await(lane);
			this.busy--;
			return take();
		}
		advance(lane);
		return lane;
	}

	// For a thread that is free.
	private @Nullable LaneTask take() {
		this.working--;
		if (!mayStart()) {
			return null;
		}
		LaneTask next = this.ready.poll();
		if (next != null) {
			begin(next);
		}
		return next;
	}

	private void await(LaneTask lane) {
		if (this.pace.isFast()) {
			this.ready.append(lane);
		}
		else {
			this.ready.insert(lane);
		}
	}

	private void begin(LaneTask lane) {
		this.busy++;
		this.working++;
		advance(lane);
	}

	private void advance(LaneTask lane) {
		this.virtualTime = Math.max(this.virtualTime, lane.startTag());
	}

	private boolean mayStart() {
		return this.busy < this.slots && this.working < threadLimit();
	}

	private int threadLimit() {
		return Math.min(this.slots, this.pace.threads());
	}

	private void startReady() {
		List<LaneTask> started = new ArrayList<>();
		synchronized (this) {
			while (mayStart() && !this.ready.isEmpty()) {
				LaneTask next = Objects.requireNonNull(this.ready.poll());
				begin(next);
				started.add(next);
			}
		}
		started.forEach(this::execute);
	}

	private void lookLater() {
		boolean heldUp = !this.ready.isEmpty() && this.busy < this.slots && this.working >= this.pace.threads();
		if (heldUp && !this.looking) {
			this.looking = true;
			this.begunAtLook = this.pace.begun();
			this.clock.schedule(LOOK_INTERVAL.toNanos(), this::look);
		}
	}

	// Whoever has waited since the last look, and seen no record begin, gets a thread.
	private void look() {
		synchronized (this) {
			this.looking = false;
			if (this.pace.begun() == this.begunAtLook) {
				this.pace.stuck();
			}
			lookLater();
		}
		startReady();
	}

	/**
	 * A thread's work: it runs one lane after the other as long as there is some for it.
	 */
	final class Worker implements Runnable {

		private final LaneTask first;

		private int begun;

		private int records;

		Worker(LaneTask first) {
			this.first = first;
		}

		@Override
		public void run() {
			try (RunContext.Run run = LaneExecutor.this.context.begin()) {
				LaneTask lane = this.first;
				this.records = turn();
				long now = LaneExecutor.this.clock.nanoTime();
				while (lane != null) {
					long start = now;
					this.begun = 0;
					Turn turn = lane.run(this);
					now = LaneExecutor.this.clock.nanoTime();
					lane = next(lane, turn, now - start, this);
				}
			}
		}

		/**
		 * Return how many records of a lane run before others get the thread.
		 * @return the number of records
		 */
		int records() {
			return this.records;
		}

		/**
		 * Ask whether a record may begin as far as the rate is concerned, which says
		 * nothing about one that will not run.
		 * @param record the record
		 * @return zero, or how many nanoseconds to wait before asking again
		 */
		long tryBegin(InFlightRecord record) {
			RateLimit rate = LaneExecutor.this.rate;
			return begin((rate.isLimited() && record.mayStart()) ? rate.tryBegin(1) : 0);
		}

		/**
		 * Ask whether records may begin together as far as the rate is concerned.
		 * @param records the records
		 * @return zero, or how many nanoseconds to wait before asking again
		 */
		long tryBegin(List<InFlightRecord> records) {
			RateLimit rate = LaneExecutor.this.rate;
			int limited = rate.isLimited() ? (int) records.stream().filter(InFlightRecord::mayStart).count() : 0;
			return begin((limited > 0) ? rate.tryBegin(limited) : 0);
		}

		private long begin(long wait) {
			if (wait == 0) {
				// Of records that begin together it counts how long they take together
				this.begun++;
				LaneExecutor.this.pace.begin();
			}
			return wait;
		}

		/**
		 * Begin with a record on this thread.
		 * @param record the record
		 * @return what is to be closed when the thread is done with it
		 */
		RunContext.Run enter(InFlightRecord record) {
			return LaneExecutor.this.context.enter(record);
		}

		/**
		 * Begin with records on this thread.
		 * @param records the records
		 * @return what is to be closed when the thread is done with them
		 */
		RunContext.Run enter(List<InFlightRecord> records) {
			return LaneExecutor.this.context.enter(records);
		}

	}

}
