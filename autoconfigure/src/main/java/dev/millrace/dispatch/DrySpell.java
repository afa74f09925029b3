package dev.millrace.dispatch;

import java.time.Duration;

/**
 * Whether a partition runs out of records because it is paused now and then. What is
 * fetched meanwhile leaves it out, and a broker that has nothing else keeps that request
 * for {@code fetch.max.wait.ms}, half a second by default. Only then can the partition
 * itself be fetched again. A consumer had better fetch nothing at all during such a
 * pause, as long as it is short.
 */
final class DrySpell {

	private static final Duration PATIENCE = Duration.ofMillis(250);

	/** For how many pauses it counts that the partition has run dry. */
	private static final int MEMORY = 16;

	private int remembered;

	private boolean resumed;

	private long pausedNanos;

	void paused(long now) {
		this.pausedNanos = now;
		this.remembered = Math.max(0, this.remembered - 1);
	}

	void resumed() {
		this.resumed = true;
	}

	/**
	 * Take note that records arrive.
	 * @param left how many of those before are left
	 */
	void arrived(int left) {
		if (this.resumed && left == 0) {
			this.remembered = MEMORY;
		}
		this.resumed = false;
	}

	/**
	 * Return whether the others should wait until the pause is over.
	 * @param now the time during the pause
	 * @return how many nanoseconds they should wait at most, zero for no longer
	 */
	long patience(long now) {
		long left = PATIENCE.toNanos() - (now - this.pausedNanos);
		if (left <= 0) {
			// It is slow: there was enough time to fetch
			this.remembered = 0;
		}
		return (this.remembered > 0) ? left : 0;
	}

}
