package dev.millrace.listener;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * What happens to each record of a retry topic that keeps the order: it waits until it is
 * due, in the lane of its key and without a thread, and is then handled as the record
 * that it stands for, until it is finished. Those behind it wait for it.
 */
public final class ParkedRecordHandler implements RecordHandler {

	private final RecordHandler processor;

	private final ParkedPartitions parked;

	private final String source;

	private final Clock clock;

	/**
	 * Create the handler of a subscriber's retry topic.
	 * @param processor handles the records of the subscriber
	 * @param parked knows the keys of those that wait
	 * @param source the topic that they come from
	 * @param clock the time that tells whether a record is due
	 */
	public ParkedRecordHandler(RecordHandler processor, ParkedPartitions parked, String source, Clock clock) {
		this.processor = processor;
		this.parked = parked;
		this.source = source;
		this.clock = clock;
	}

	/**
	 * Take note of a record before it is put in flight.
	 * @param polled the record
	 */
	void polled(ConsumerRecord<byte[], byte[]> polled) {
		TopicPartition partition = partition(polled);
		Object key = this.parked.key(partition, polled);
		if (key != null) {
			this.parked.of(partition).polled(key, offset(polled));
		}
	}

	/**
	 * Take note of a record that will be polled once more.
	 * @param polled the record
	 */
	void found(ConsumerRecord<byte[], byte[]> polled) {
		TopicPartition partition = partition(polled);
		Object key = this.parked.key(partition, polled);
		if (key != null) {
			this.parked.of(partition).found(key, offset(polled));
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
		TopicPartition partition = partition(record.record());
		Object key = this.parked.key(partition, record.record());
		if (key != null) {
			ParkedKeys keys = this.parked.of(partition);
			CompletionStage<?> left = keys.untilLeft(key);
			if (left != null) {
				return left.thenRun(() -> record.postpone(Duration.ZERO, this));
			}
			record.whenFinished(() -> keys.finished(key));
		}
		if (waiting != null) {
			waiting.resume(record, now);
		}
		return this.processor.handle(record);
	}

	private TopicPartition partition(ConsumerRecord<?, ?> record) {
		return new TopicPartition(this.source, record.partition());
	}

	private static long offset(ConsumerRecord<byte[], byte[]> polled) {
		WaitingRecord waiting = WaitingRecord.read(polled);
		return (waiting != null) ? waiting.original().offset() : -1;
	}

}
