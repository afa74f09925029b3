package dev.millrace.listener;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.BatchHandler;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.WaitingRecord;

/**
 * What happens to each record of a retry topic: it waits until it is due, in a lane of
 * its own and without a thread, and is then handled as the record that it stands for.
 */
public final class RetryTopicHandler implements RecordHandler {

	private final RecordHandler processor;

	private final InstantSource clock;

	RetryTopicHandler(RecordHandler processor, InstantSource clock) {
		this.processor = processor;
		this.clock = clock;
	}

	/**
	 * Create the handler of a subscriber's retry topic.
	 * @param processor handles the records of the subscriber, one by one or in batches
	 * @param clock the time that tells whether a record is due
	 * @return the handler, which does the same
	 */
	public static RecordHandler of(RecordHandler processor, InstantSource clock) {
		RetryTopicHandler records = new RetryTopicHandler(processor, clock);
		return (processor instanceof BatchHandler batches) ? new RetryTopicBatchHandler(records, batches) : records;
	}

	@Override
	public Duration polled(InFlightRecord record) {
		WaitingRecord waiting = WaitingRecord.read(record.record());
		if (waiting == null) {
			return Duration.ZERO;
		}
		record.tried(waiting.attempts());
		return waiting.untilDue(this.clock.instant());
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		return isDue(record, this) ? this.processor.handle(record) : null;
	}

	/**
	 * Let a record wait on, or continue the one that it stands for.
	 * @param record the record
	 * @param again handles it when it has waited
	 * @return whether it is due
	 */
	boolean isDue(InFlightRecord record, RecordHandler again) {
		WaitingRecord waiting = WaitingRecord.read(record.record());
		if (waiting == null) {
			// Somebody else has put it there: it is none that waits, and it is not
			// skipped.
			return true;
		}
		Instant now = this.clock.instant();
		Duration wait = waiting.untilDue(now);
		if (!wait.isZero()) {
			record.postpone(wait, again);
			return false;
		}
		waiting.resume(record, now);
		return true;
	}

}
