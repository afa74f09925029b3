package dev.millrace.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Lane whose records run in batches, together with those of other lanes. Guarded by the
 * {@link BatchQueue} that it belongs to.
 */
final class BatchLane extends RecordQueue {

	final Object key;

	/** How many records wait for their first attempt. */
	int waiting;

	/** Whether some of its records are in a batch that has not ended. */
	boolean busy;

	/** When its first record is to start, whether or not there are others. */
	long startNanos;

	/** Which one it is of those that are to start at the same time. */
	long number;

	/** Where it waits for that, or {@code null} while it is busy. */
	@Nullable StartOrder place;

	BatchLane(Object key) {
		this.key = key;
	}

	void add(InFlightRecord record) {
		append(record);
		this.waiting++;
	}

	/**
	 * Return the record that comes next.
	 * @return the record, which may not be due yet, or {@code null} when there is none
	 */
	@Nullable InFlightRecord peek() {
		InFlightRecord retry = firstRetry();
		return (retry != null) ? retry : first();
	}

	/**
	 * Remove what {@link #peek} has returned.
	 * @return the record, or {@code null} when there is none
	 */
	@Nullable InFlightRecord poll() {
		InFlightRecord retry = firstRetry();
		if (retry != null) {
			return removeRetry(retry);
		}
		InFlightRecord record = removeFirst();
		if (record != null) {
			this.waiting--;
		}
		return record;
	}

	boolean isRetrying() {
		return firstRetry() != null;
	}

	boolean isAbandoned() {
		InFlightRecord retry = firstRetry();
		return retry != null && retry.isAbandoned();
	}

}
