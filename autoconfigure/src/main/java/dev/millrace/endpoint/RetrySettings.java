package dev.millrace.endpoint;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.millrace.RetryMode;

/**
 * How records that failed are tried again.
 *
 * @param attempts how often a record is tried at most, with the first attempt
 * @param maxTime how long after its first attempt a record is tried again at most, or
 * {@code null} for no limit
 * @param backoff how long a record waits
 * @param failures which failures are worth another attempt
 * @param mode where a record waits
 * @param topic the topic in which it waits, when it waits in one
 * @param keepOrder whether later records of a key wait behind one that waits in the topic
 */
public record RetrySettings(int attempts, @Nullable Duration maxTime, Backoff backoff, FailureTypes failures,
		RetryMode mode, String topic, boolean keepOrder) {

	/**
	 * Tell whether records wait in a topic, and later ones of their key behind them.
	 * @return whether keys are parked
	 */
	public boolean parksKeys() {
		return this.mode == RetryMode.TOPIC && this.keepOrder;
	}

}
