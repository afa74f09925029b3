package dev.millrace;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What became of the records of a batch, as its handler returns it: those that are not
 * named have succeeded, the others are tried again or become dead letters, each by
 * itself. Records are named by their index in the lists that the handler was called with.
 * What is said first about a record counts. To be used by one thread at a time.
 */
public final class BatchResult {

	private final Map<Integer, Throwable> failures = new TreeMap<>();

	private BatchResult() {
	}

	/**
	 * Return the result of a batch whose records have all succeeded.
	 * @return a new result, which may go on to name those that have not
	 */
	public static BatchResult success() {
		return new BatchResult();
	}

	/**
	 * Let a record fail as if its handler had thrown an exception for it.
	 * @param index the index of the record, from 0
	 * @param cause why; a {@link RecordControl} is no failure but an order
	 * @return this result
	 */
	public BatchResult failed(int index, Throwable cause) {
		if (index < 0) {
			throw new IndexOutOfBoundsException(index);
		}
		this.failures.putIfAbsent(index, Objects.requireNonNull(cause, "cause"));
		return this;
	}

	/**
	 * Have a record handled again.
	 * @param index the index of the record, from 0
	 * @param delay how long it waits, or {@code null} to wait as long as it would after a
	 * failure
	 * @return this result
	 * @see NackRecord
	 */
	public BatchResult nack(int index, @Nullable Duration delay) {
		return failed(index, new NackRecord(delay));
	}

	/**
	 * Make a record a dead letter.
	 * @param index the index of the record, from 0
	 * @return this result
	 * @see RejectRecord
	 */
	public BatchResult reject(int index) {
		return failed(index, new RejectRecord());
	}

	/**
	 * Return those that have not simply succeeded.
	 * @return what became of them, by their indices
	 */
	public Map<Integer, Throwable> failures() {
		return Collections.unmodifiableMap(this.failures);
	}

}
