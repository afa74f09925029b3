package dev.millrace.dispatch;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One poll of one record, and what is known to have become of it.
 */
final class RecordModel {

	final EpochModel epoch;

	final ConsumerRecord<byte[], byte[]> record;

	final Object lane;

	State state = State.WAITING;

	/** The call that keeps its lane from going on, or {@code null}. */
	RunModel run;

	/** When it was polled, or when its next attempt is due. */
	long dueNanos;

	/** The same, but for the time that passed while the engine took it. */
	long earliestNanos;

	int attempt = 1;

	InFlightRecord inFlight;

	RecordModel(EpochModel epoch, ConsumerRecord<byte[], byte[]> record, Object lane) {
		this.epoch = epoch;
		this.record = record;
		this.lane = lane;
	}

	long offset() {
		return this.record.offset();
	}

	boolean is(State state) {
		return this.state == state;
	}

	boolean isOnLane() {
		return this.run != null;
	}

	boolean isOpen() {
		return !this.epoch.closed;
	}

	@Override
	public String toString() {
		return this.epoch + "@" + offset();
	}

	enum State {

		/** Polled, no attempt yet. */
		WAITING,

		/** An attempt has begun and is not settled. */
		STARTED,

		/** Waits for its next attempt. */
		RETRYING,

		/** Finished. */
		FINISHED

	}

}
