package dev.millrace.listener;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.WaitingRecord;

/**
 * What happens to each record of a retry topic: it waits until it is due, in a lane of
 * its own and without a thread, and is then handled as the record that it stands for.
 */
public final class RetryTopicHandler implements RecordHandler {

	private final RecordHandler processor;

	private final Clock clock;

	/**
	 * Create the handler of a subscriber's retry topic.
	 * @param processor handles the records of the subscriber
	 * @param clock the time that tells whether a record is due
	 */
	public RetryTopicHandler(RecordHandler processor, Clock clock) {
		this.processor = processor;
		this.clock = clock;
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		WaitingRecord waiting = WaitingRecord.read(record.record());
		// Somebody else has put it there: it is none that waits, and it is not skipped.
		return (waiting != null) ? handle(record, waiting) : this.processor.handle(record);
	}

	@Override
	public Duration delay(ConsumerRecord<byte[], byte[]> record) {
		WaitingRecord waiting = WaitingRecord.read(record);
		return (waiting != null) ? waiting.untilDue(this.clock.instant()) : Duration.ZERO;
	}

	private @Nullable CompletionStage<?> handle(InFlightRecord record, WaitingRecord waiting) {
		Instant now = this.clock.instant();
		Duration wait = waiting.untilDue(now);
		if (!wait.isZero()) {
			record.postpone(wait, this);
			return null;
		}
		waiting.resume(record, now);
		return this.processor.handle(record);
	}

}
