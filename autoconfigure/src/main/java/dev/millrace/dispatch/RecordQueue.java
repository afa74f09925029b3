package dev.millrace.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Records of one lane that wait: those that failed before all others, in the order of
 * their offsets. Not safe for use by several threads.
 */
class RecordQueue {

	private @Nullable InFlightRecord head;

	private @Nullable InFlightRecord tail;

	/** Seen by those who only ask whether there is one, without the lane's lock. */
	private volatile @Nullable InFlightRecord retries;

	/**
	 * Add a record behind all others.
	 * @param record the record
	 */
	final void append(InFlightRecord record) {
		if (this.tail == null) {
			this.head = record;
		}
		else {
			this.tail.next = record;
		}
		this.tail = record;
	}

	/**
	 * Put a record before all that wait for their first attempt, in the order of the
	 * offsets with others that failed.
	 * @param record the record
	 */
	final void insertRetry(InFlightRecord record) {
		InFlightRecord before = null;
		InFlightRecord after = this.retries;
		while (after != null && after.offset() < record.offset()) {
			before = after;
			after = after.next;
		}
		record.next = after;
		if (before == null) {
			this.retries = record;
		}
		else {
			before.next = record;
		}
	}

	/**
	 * Forget the first of those that failed as long as their assignment has ended:
	 * nothing has to wait for them.
	 */
	final void dropAbandonedRetries() {
		InFlightRecord retry = this.retries;
		while (retry != null && retry.isAbandoned()) {
			retry = retry.next;
			this.retries = retry;
		}
	}

	/**
	 * Return the first of those that failed.
	 * @return the record, or {@code null} when there is none
	 */
	final @Nullable InFlightRecord firstRetry() {
		return this.retries;
	}

	/**
	 * Remove what {@link #firstRetry} has returned.
	 * @param retry the record
	 * @return the record
	 */
	final InFlightRecord removeRetry(InFlightRecord retry) {
		this.retries = retry.next;
		retry.next = null;
		return retry;
	}

	/**
	 * Return the first of those that have not failed.
	 * @return the record, or {@code null} when there is none
	 */
	final @Nullable InFlightRecord first() {
		return this.head;
	}

	/**
	 * Remove all that have not failed.
	 * @return the first of them, which leads to the others, or {@code null} when there is
	 * none
	 */
	final @Nullable InFlightRecord removeAll() {
		InFlightRecord first = this.head;
		this.head = null;
		this.tail = null;
		return first;
	}

	/**
	 * Remove the first of those that have not failed.
	 * @return the record, or {@code null} when there is none
	 */
	final @Nullable InFlightRecord removeFirst() {
		InFlightRecord record = this.head;
		if (record == null) {
			return null;
		}
		this.head = record.next;
		if (this.head == null) {
			this.tail = null;
		}
		record.next = null;
		return record;
	}

}
