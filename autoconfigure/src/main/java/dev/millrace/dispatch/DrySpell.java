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

	/**
	 * Longer than a broker waits by default. Who runs dry later has run dry by itself.
	 */
	private static final Duration AFTERMATH = Duration.ofSeconds(1);

	/** Whether it would still happen is only known when nobody waits. */
	private static final Duration MEMORY = Duration.ofSeconds(30);

	private boolean dry;

	private long dryNanos;

	/** Whether the partition was paused shortly and has not run dry since. */
	private boolean resumed;

	private long pausedNanos;

	private long resumedNanos;

	void paused(long now) {
		this.pausedNanos = now;
		this.dry &= now - this.dryNanos < MEMORY.toNanos();
	}

	void resumed(long now) {
		// It is slow otherwise: there was enough time to fetch
		this.resumed = left(now) > 0;
		this.resumedNanos = now;
		this.dry &= this.resumed;
	}

	/**
	 * Take note that records arrive.
	 * @param left how many of those before are left; the first ones behind a pause may
	 * have been fetched before it
	 * @param now the time
	 */
	void arrived(int left, long now) {
		if (left > 0) {
			return;
		}
		if (this.resumed && now - this.resumedNanos < AFTERMATH.toNanos()) {
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
		return this.dry ? Math.max(0, left(now)) : 0;
	}

	private long left(long now) {
		return PATIENCE.toNanos() - (now - this.pausedNanos);
	}

}
