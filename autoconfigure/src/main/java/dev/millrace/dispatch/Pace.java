package dev.millrace.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long records have kept their threads of late, and how many threads are of use
 * therefore. Guarded by the {@link LaneExecutor} that it belongs to, except where a
 * method says otherwise.
 */
final class Pace {

	private static final double FAST = Duration.ofNanos(50_000).toNanos();

	/** To change the lane costs about as much as a record that does nothing. */
	private static final int FAST_TURN = 64;

	/** Above it what was fast is so no longer. */
	private static final double SLOW = 2 * FAST;

	private final LongAdder begun = new LongAdder();

	private final int processors;

	private final double memory;

	private double nanos = 10 * SLOW;

	private boolean fast;

	/**
	 * Create the pace of records of which nothing is known.
	 * @param processors how many threads are of use to records that wait for nothing
	 * @param memory how many records a change of pace takes to show
	 */
	Pace(int processors, int memory) {
		this.processors = processors;
		this.memory = memory;
	}

	/**
	 * Return whether records take so little time that it matters what it costs to choose
	 * the next.
	 * @return whether records are fast
	 */
	boolean isFast() {
		return this.fast;
	}

	/**
	 * Return how many threads are of use.
	 * @return the number of threads, without a limit when records are slow
	 */
	int threads() {
		return this.fast ? this.processors : Integer.MAX_VALUE;
	}

	/**
	 * Return how many records of a lane run before other lanes that are ready get its
	 * thread.
	 * @return one when records are slow: the first one that was polled should not wait
	 * for later ones of another lane, as it holds up the commit of all behind it
	 */
	int turn() {
		return this.fast ? FAST_TURN : 1;
	}

	/**
	 * Take note of what a thread has done.
	 * @param nanos how long it took
	 * @param records how many records were begun meanwhile
	 * @return whether more threads are of use than before
	 */
	boolean took(long nanos, int records) {
		if (records == 0) {
			return false;
		}
		this.nanos += ((double) nanos / records - this.nanos) * Math.min(1, records / this.memory);
		boolean before = this.fast;
		this.fast = this.nanos < (before ? SLOW : FAST);
		return before && !this.fast;
	}

	/**
	 * Take note that all threads are held up.
	 */
	void stuck() {
		this.nanos = 2 * SLOW;
		this.fast = false;
	}

	/**
	 * Take note that a record begins. Called from any thread.
	 */
	void begin() {
		this.begun.increment();
	}

	/**
	 * Return how many records were begun.
	 * @return the number
	 */
	long begun() {
		return this.begun.sum();
	}

}
