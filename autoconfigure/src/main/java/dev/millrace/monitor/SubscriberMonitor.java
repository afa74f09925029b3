package dev.millrace.monitor;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

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

	private final Map<String, DeadLetterProblem> deadLetterProblems = new ConcurrentHashMap<>();

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
	 * Take note that the dead letter of a record could not be written.
	 * @param record where the record is
	 * @param problem why
	 * @param over whether nobody here tries it any more, asked from any thread
	 */
	public void deadLetterFailed(String record, Throwable problem, BooleanSupplier over) {
		forget();
		this.deadLetterProblems.put(record, new DeadLetterProblem(problem, over));
		count(Outcome.DEAD_LETTER_FAILED);
	}

	/**
	 * Take note that a dead letter was written.
	 * @param record where the record is
	 */
	public void deadLettered(String record) {
		this.deadLetterProblems.remove(record);
		count(Outcome.DEAD_LETTERED);
	}

	/**
	 * Return why a dead letter can't be written that is still tried here.
	 * @return the problem of one of them, or {@code null} when there is none
	 */
	public @Nullable Throwable deadLetterProblem() {
		forget();
		return this.deadLetterProblems.values().stream().map(DeadLetterProblem::cause).findFirst().orElse(null);
	}

	private void forget() {
		this.deadLetterProblems.values().removeIf((problem) -> problem.over().getAsBoolean());
	}

	private record DeadLetterProblem(Throwable cause, BooleanSupplier over) {

	}

}
