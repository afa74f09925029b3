package dev.millrace.dispatch;

import java.util.List;

import dev.millrace.dispatch.LaneTask.Turn;

/**
 * A thread's work for lanes: it runs one after the other as long as its executor has some
 * for it.
 */
final class LaneWorker implements Runnable {

	private final LaneExecutor executor;

	private final RateLimit rate;

	private final RunContext context;

	private final Pace pace;

	private final Timer clock;

	private final LaneTask first;

	private int begun;

	LaneWorker(LaneExecutor executor, RateLimit rate, RunContext context, Pace pace, Timer clock, LaneTask first) {
		this.executor = executor;
		this.rate = rate;
		this.context = context;
		this.pace = pace;
		this.clock = clock;
		this.first = first;
	}

	@Override
	public void run() {
		try (RunContext.Run run = this.context.begin()) {
			LaneTask lane = this.first;
			long now = this.clock.nanoTime();
			while (lane != null) {
				long start = now;
				this.begun = 0;
				Turn turn = lane.run(this);
				now = this.clock.nanoTime();
				lane = this.executor.next(lane, turn, now - start, this.begun);
			}
		}
	}

	/**
	 * Ask whether records may begin together as far as the rate is concerned.
	 * @param records how many
	 * @return zero, or how many nanoseconds to wait before asking again
	 */
	long tryBegin(int records) {
		long wait = this.rate.tryBegin(records);
		if (wait == 0) {
			// Of records that begin together it counts how long they take together
			this.begun++;
			this.pace.begin();
		}
		return wait;
	}

	/**
	 * Begin with a record on this thread.
	 * @param record the record
	 * @return what is to be closed when the thread is done with it
	 */
	RunContext.Run enter(InFlightRecord record) {
		return this.context.enter(record);
	}

	/**
	 * Begin with records on this thread.
	 * @param records the records
	 * @return what is to be closed when the thread is done with them
	 */
	RunContext.Run enter(List<InFlightRecord> records) {
		return this.context.enter(records);
	}

}
