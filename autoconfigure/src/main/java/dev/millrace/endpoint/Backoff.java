package dev.millrace.endpoint;

import java.time.Duration;

/**
 * Delays that grow with each attempt.
 *
 * @param delay the delay before the second attempt
 * @param multiplier what each further delay is multiplied by
 * @param maxDelay the longest delay
 * @param jitter the share of the delay, from 0 to 1, that is left to chance
 */
public record Backoff(Duration delay, double multiplier, Duration maxDelay, double jitter) {

	/**
	 * Return the delay after an attempt.
	 * @param attempt the attempt that failed, from 1
	 * @param chance a number from 0 to 1
	 * @return the delay
	 */
	public Duration delayAfter(int attempt, double chance) {
		double nanos = Math.min(this.delay.toNanos() * Math.pow(this.multiplier, attempt - 1), this.maxDelay.toNanos());
		return Duration.ofNanos((long) (nanos * (1 - this.jitter * chance)));
	}

}
