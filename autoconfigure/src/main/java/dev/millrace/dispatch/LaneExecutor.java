package dev.millrace.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Gives threads to lanes that are ready, at most so many at a time. A slot belongs to a
 * lane while one of its records runs, also when that record holds it without a thread.
 */
final class LaneExecutor {

	private final Executor threads;

	private final int slots;

	private final Queue<Lane> ready = new ArrayDeque<>();

	private int busy;

	LaneExecutor(Executor threads, int slots) {
		this.threads = threads;
		this.slots = slots;
	}

	/**
	 * Run a lane as soon as a slot is free.
	 * @param lane a lane that is active and not at this executor
	 */
	void submit(Lane lane) {
		synchronized (this) {
			if (this.busy == this.slots) {
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
	void resume(Lane lane) {
		this.threads.execute(() -> work(lane));
	}

	private void work(Lane first) {
		Lane lane = first;
		while (lane != null) {
			lane = switch (lane.run()) {
				case OVER -> nextOrRelease();
				case MORE -> takeTurns(lane);
				case HELD -> null;
			};
		}
	}

	private synchronized Lane takeTurns(Lane lane) {
		Lane next = this.ready.poll();
		if (next == null) {
			return lane;
		}
		this.ready.add(lane);
		return next;
	}

	private synchronized @Nullable Lane nextOrRelease() {
		Lane next = this.ready.poll();
		if (next == null) {
			this.busy--;
		}
		return next;
	}

}
