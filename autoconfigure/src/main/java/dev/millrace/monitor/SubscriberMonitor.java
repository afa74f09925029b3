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

	private final LongAdder commits = new LongAdder();

	private final LongAdder commitNanos = new LongAdder();

	private final LongAdder commitFailures = new LongAdder();

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
	 * Take note that offsets were committed.
	 * @param nanos how long that has taken
	 */
	public void committed(long nanos) {
		this.commits.increment();
		this.commitNanos.add(nanos);
	}

	/**
	 * Take note that offsets could not be committed.
	 */
	public void commitFailed() {
		this.commitFailures.increment();
	}

	/**
	 * Return how often offsets were committed.
	 * @return the number of commits that the broker has acknowledged
	 */
	public long commits() {
		return this.commits.sum();
	}

	/**
	 * Return how long commits have taken.
	 * @return the time of all of them together, in nanoseconds
	 */
	public long commitNanos() {
		return this.commitNanos.sum();
	}

	/**
	 * Return how often offsets could not be committed.
	 * @return the number of commits that have failed
	 */
	public long commitFailures() {
		return this.commitFailures.sum();
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
