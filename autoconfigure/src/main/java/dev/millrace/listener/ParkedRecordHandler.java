package dev.millrace.listener;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.ParkedKeys;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.failure.WaitingRecord;

/**
 * What happens to each record of one partition of a retry topic that keeps the order: it
 * waits until it is due, in the lane of its key and without a thread, and is then handled
 * as the record that it stands for, until it is finished. Those behind it wait for it.
 */
final class ParkedRecordHandler implements RecordHandler {

	private final RecordHandler processor;

	private final TopicPartition source;

	private final ParkedPartitions parked;

	private final ParkedKeys keys;

	private final InstantSource clock;

	/**
	 * Create the handler of a partition, during one assignment.
	 * @param processor handles the records of the subscriber
	 * @param source the partition that the records come from
	 * @param parked knows what the order is about
	 * @param clock the time that tells whether a record is due
	 */
	ParkedRecordHandler(RecordHandler processor, TopicPartition source, ParkedPartitions parked, InstantSource clock) {
		this.processor = processor;
		this.source = source;
		this.parked = parked;
		this.keys = parked.begin(source);
		this.clock = clock;
	}

	boolean isExpecting() {
		return this.keys.isExpecting();
	}

	/**
	 * End the assignment.
	 */
	void end() {
		this.parked.end(this.source, this.keys);
	}

	/**
	 * Take note of a record before it is put in flight.
	 * @param polled the record
	 */
	void polled(ConsumerRecord<byte[], byte[]> polled) {
		Object key = this.parked.key(this.source, polled);
		if (key != null) {
			this.keys.polled(key, offset(polled));
		}
	}

	/**
	 * Take note of a record that will be polled once more.
	 * @param polled the record
	 */
	void found(ConsumerRecord<byte[], byte[]> polled) {
		Object key = this.parked.key(this.source, polled);
		if (key != null) {
			this.keys.found(key, offset(polled));
		}
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		// Null when somebody else has put it there: it is none that waits, and it is not
		// skipped.
		WaitingRecord waiting = WaitingRecord.read(record.record());
		Instant now = this.clock.instant();
		Duration wait = (waiting != null) ? waiting.untilDue(now) : Duration.ZERO;
		if (!wait.isZero()) {
			record.postpone(wait, this);
			return null;
		}
		Object key = this.parked.key(this.source, record.record());
		if (key != null) {
			CompletionStage<?> left = this.keys.untilLeft(key);
			if (left != null) {
				return left.thenRun(() -> record.postpone(Duration.ZERO, this));
			}
			record.whenFinished(() -> this.keys.finished(key));
		}
		if (waiting != null) {
			waiting.resume(record, now);
		}
		return this.processor.handle(record);
	}

	private static long offset(ConsumerRecord<byte[], byte[]> polled) {
		WaitingRecord waiting = WaitingRecord.read(polled);
		return (waiting != null) ? waiting.original().offset() : -1;
	}

}
