package dev.millrace.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Gives threads to lanes that are ready, at most so many at a time. A slot belongs to a
 * lane while one of its records runs, also when that record holds it without a thread.
 */
final class LaneExecutor {

	private final Executor threads;

	private final RateLimit rate;

	private final RunContext context;

	private final Queue<LaneTask> ready = new ArrayDeque<>();

	private int slots;

	private int busy;

	LaneExecutor(Executor threads, int slots, RateLimit rate, RunContext context) {
		this.threads = threads;
		this.slots = slots;
		this.rate = rate;
		this.context = context;
	}

	/**
	 * Change how many lanes get a thread at a time. Those that have one keep it until
	 * their turn is over.
	 * @param slots the number of lanes
	 */
	void resize(int slots) {
		List<LaneTask> started = new ArrayList<>();
		synchronized (this) {
			this.slots = slots;
			while (this.busy < slots && !this.ready.isEmpty()) {
				this.busy++;
				started.add(this.ready.remove());
			}
		}
		started.forEach(this::resume);
	}

	/**
	 * Ask whether a record may begin as far as the rate is concerned.
	 * @return zero, or how many nanoseconds to wait before asking again
	 */
	long tryBegin() {
		return this.rate.tryBegin();
	}

	/**
	 * Ask whether records may begin together as far as the rate is concerned.
	 * @param records how many
	 * @return zero, or how many nanoseconds to wait before asking again
	 */
	long tryBegin(int records) {
		return this.rate.tryBegin(records);
	}

	/**
	 * Begin with a record on a thread of its lane.
	 * @param record the record
	 * @return what is to be closed when the thread is done with it
	 */
	RunContext.Run enter(InFlightRecord record) {
		return this.context.enter(record);
	}

	/**
	 * Begin with records on a thread of theirs.
	 * @param records the records
	 * @return what is to be closed when the thread is done with them
	 */
	RunContext.Run enter(List<InFlightRecord> records) {
		return this.context.enter(records);
	}

	/**
	 * Run a lane as soon as a slot is free.
	 * @param lane a lane that is active and not at this executor
	 */
	void submit(LaneTask lane) {
		synchronized (this) {
			if (this.busy >= this.slots) {
				this.ready.add(lane);
				return;
			}
			this.busy++;
		}
		this.threads.execute(() -> work(lane));
	}

	/**
	 * Go on with a lane that was held and still has its slot.
	 * @param lane the lane
	 */
	void resume(LaneTask lane) {
		this.threads.execute(() -> work(lane));
	}

	private void work(LaneTask first) {
		LaneTask lane = first;
		while (lane != null) {
			lane = switch (lane.run()) {
				case OVER -> nextOrRelease();
				case MORE -> takeTurns(lane);
				case HELD -> null;
			};
		}
	}

	private synchronized @Nullable LaneTask takeTurns(LaneTask lane) {
		if (this.busy > this.slots) {
			this.ready.add(lane);
			this.busy--;
			return null;
		}
		LaneTask next = this.ready.poll();
		if (next == null) {
			return lane;
		}
		this.ready.add(lane);
		return next;
	}

	private synchronized @Nullable LaneTask nextOrRelease() {
		LaneTask next = (this.busy <= this.slots) ? this.ready.poll() : null;
		if (next == null) {
			this.busy--;
		}
		return next;
	}

}
