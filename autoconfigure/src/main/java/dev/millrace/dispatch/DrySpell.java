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

	/** Whether it would still happen is only known when nobody waits. */
	private static final Duration MEMORY = Duration.ofSeconds(30);

	private boolean dry;

	private long dryNanos;

	private boolean resumed;

	private long pausedNanos;

	void paused(long now) {
		this.pausedNanos = now;
		this.dry &= now - this.dryNanos < MEMORY.toNanos();
	}

	void resumed() {
		this.resumed = true;
	}

	/**
	 * Take note that records arrive.
	 * @param left how many of those before are left
	 * @param now the time
	 */
	void arrived(int left, long now) {
		if (this.resumed && left == 0) {
			this.dry = true;
			this.dryNanos = now;
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
			this.dry = false;
		}
		return this.dry ? left : 0;
	}

}
