package dev.millrace.test.broker;

import java.time.Duration;

/**
 * A moment that is at most so long away.
 *
 * @param begin when it was set, in the nanoseconds of {@link System#nanoTime()}
 * @param nanos how long after that
 */
record Deadline(long begin, long nanos) {

	static Deadline in(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("Timeout must not be negative");
		}
		return new Deadline(System.nanoTime(), nanos(timeout));
	}

	/**
	 * Return what is left.
	 * @return nanoseconds, 0 or less when the moment has come
	 */
	long left() {
		return this.nanos - (System.nanoTime() - this.begin);
	}

	boolean hasPassed() {
		return left() <= 0;
	}

	private static long nanos(Duration timeout) {
		// Durations are often "for ever", which does not fit.
		return (timeout.compareTo(Duration.ofDays(36500)) < 0) ? timeout.toNanos() : Long.MAX_VALUE;
	}

}
