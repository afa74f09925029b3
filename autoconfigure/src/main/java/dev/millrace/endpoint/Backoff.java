package dev.millrace.endpoint;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import dev.millrace.NackRecord;

/**
 * Delays that grow with each attempt. None is longer than
 * {@link NackRecord#LONGEST_DELAY}.
 *
 * @param delay the delay before the second attempt
 * @param multiplier what each further delay is multiplied by
 * @param maxDelay the longest delay
 * @param jitter the share of the delay, from 0 to 1, that is left to chance
 */
public record Backoff(Duration delay, double multiplier, Duration maxDelay, double jitter) {

	private static final Duration LONGEST_FOR_BROKER = Duration.ofSeconds(30);

	public Backoff {
		delay = shorter(delay, NackRecord.LONGEST_DELAY);
		maxDelay = shorter(maxDelay, NackRecord.LONGEST_DELAY);
	}

	/**
	 * Return how long to wait for a broker that did not take something: as this says, but
	 * never for minutes, because a lane stands still meanwhile.
	 * @return the delays
	 */
	public Backoff forBroker() {
		return new Backoff(shorter(this.delay, LONGEST_FOR_BROKER), this.multiplier,
				shorter(this.maxDelay, LONGEST_FOR_BROKER), this.jitter);
	}

	/**
	 * Return a delay after an attempt.
	 * @param attempt the attempt that failed, from 1
	 * @return the delay, with its share of chance
	 */
	public Duration delayAfter(int attempt) {
		return delayAfter(attempt, ThreadLocalRandom.current().nextDouble());
	}

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

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
