package dev.millrace.dispatch;

import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One poll of one record, and what is known to have become of it.
 */
final class RecordModel {

	final EpochModel epoch;

	final ConsumerRecord<byte[], byte[]> record;

	final Object lane;

	State state = State.WAITING;

	/** Whether its handler runs, or holds the lane without a thread. */
	boolean onLane;

	long dueNanos;

	InFlightRecord inFlight;

	CompletableFuture<Void> stage;

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
