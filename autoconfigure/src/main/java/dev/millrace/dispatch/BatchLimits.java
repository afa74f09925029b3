package dev.millrace.dispatch;

import java.time.Duration;

/**
 * How many records a batch has, and how long it waits for them.
 *
 * @param maxRecords how many records a batch has at most
 * @param maxWait how long the first record of a batch waits for others
 * @param attempts the attempt that a record makes alone; those before are made with fewer
 * and fewer others
 */
public record BatchLimits(int maxRecords, Duration maxWait, int attempts) {

	/**
	 * Records that failed together are due one after the other, because chance has a
	 * share in their delays.
	 */
	private static final Duration LONGEST_WAIT_OF_RETRIES = Duration.ofMillis(200);

	/**
	 * Return how long a record that is to be tried again and due waits for others.
	 * @return the time
	 */
	public Duration waitOfRetries() {
		return (this.maxWait.compareTo(LONGEST_WAIT_OF_RETRIES) > 0) ? LONGEST_WAIT_OF_RETRIES : this.maxWait;
	}

	/**
	 * Return how many records a batch has at most. When a batch has failed, nobody may
	 * know which of its records is to blame, and fewer are tried together: from one
	 * attempt to the next the size shrinks by the same factor, from {@link #maxRecords()}
	 * to one.
	 * @param attempt the attempt that its records make, from 1
	 * @return the number of records
	 */
	public int size(int attempt) {
		if (attempt <= 1) {
			return this.maxRecords;
		}
		if (attempt >= this.attempts) {
			return 1;
		}
		double exponent = (double) (this.attempts - attempt) / (this.attempts - 1);
		return (int) Math.round(Math.pow(this.maxRecords, exponent));
	}

}
