package dev.millrace.monitor;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts of one subscriber, and what is wrong with it. Safe for use by several threads;
 * counting costs one addition.
 */
public final class SubscriberMonitor {

	private final LongAdder[] counts = new LongAdder[Outcome.values().length];

	private volatile @Nullable Throwable deadLetterProblem;

	/**
	 * Create a monitor that has counted nothing.
	 */
	public SubscriberMonitor() {
		Arrays.setAll(this.counts, (index) -> new LongAdder());
	}

	/**
	 * Count an outcome.
	 * @param outcome the outcome
	 */
	public void count(Outcome outcome) {
		this.counts[outcome.ordinal()].increment();
	}

	/**
	 * Return how often there was an outcome.
	 * @param outcome the outcome
	 * @return the number of records, or of attempts
	 */
	public long countOf(Outcome outcome) {
		return this.counts[outcome.ordinal()].sum();
	}

	/**
	 * Take note that dead letters can't be written.
	 * @param problem why
	 */
	public void deadLetterFailed(Throwable problem) {
		this.deadLetterProblem = problem;
		count(Outcome.DEAD_LETTER_FAILED);
	}

	/**
	 * Take note that a dead letter was written.
	 */
	public void deadLettered() {
		this.deadLetterProblem = null;
		count(Outcome.DEAD_LETTERED);
	}

	/**
	 * Return why the last dead letter could not be written.
	 * @return the problem, or {@code null} when there is none
	 */
	public @Nullable Throwable deadLetterProblem() {
		return this.deadLetterProblem;
	}

}
