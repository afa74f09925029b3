package dev.millrace.dispatch;

import java.util.concurrent.TimeUnit;

/**
 * How many records are begun in a second. Records are spread evenly; what was not used in
 * the last tenth of a second may be made up for at once. Safe for use by several threads.
 */
final class RateLimit {

	private static final long BURST = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * How long to wait at most before asking again, since the rate may have changed.
	 */
	private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

	private final Timer timer;

	private volatile double perSecond;

	private long next;

	RateLimit(Timer timer, double perSecond) {
		this.timer = timer;
		this.perSecond = perSecond;
		this.next = timer.nanoTime();
	}

	/**
	 * Change the rate.
	 * @param perSecond how many records are begun in a second, infinite for no limit
	 */
	synchronized void change(double perSecond) {
		this.perSecond = perSecond;
		this.next = this.timer.nanoTime();
	}

	boolean isLimited() {
		return this.perSecond != Double.POSITIVE_INFINITY;
	}

	/**
	 * Ask for a record, or for several that begin together. Those that come next wait for
	 * as long as all of them take.
	 * @param records how many
	 * @return zero when they may begin now; otherwise how many nanoseconds to wait before
	 * asking again
	 */
	long tryBegin(int records) {
		return isLimited() ? tryBeginLimited(records) : 0;
	}

	private synchronized long tryBeginLimited(int records) {
		long now = this.timer.nanoTime();
		long wait = this.next - now;
		if (wait > 0) {
			return Math.min(wait, PATIENCE);
		}
		long interval = (long) (records * TimeUnit.SECONDS.toNanos(1) / this.perSecond);
		this.next = Math.max(this.next, now - BURST) + interval;
		return 0;
	}

}
