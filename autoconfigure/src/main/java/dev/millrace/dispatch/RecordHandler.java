package dev.millrace.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What a lane does with a record.
 */
@FunctionalInterface
public interface RecordHandler {

	/**
	 * Handle a record, on a thread of the lane's executor. Ends in exactly one call of
	 * {@link InFlightRecord#finish()}, {@link InFlightRecord#retry},
	 * {@link InFlightRecord#resume} or {@link InFlightRecord#postpone}, here or later and
	 * from any thread; an exception that escapes counts as a retry after a second.
	 * @param record the record
	 * @return {@code null} to let the lane go on with its next record at once, or a stage
	 * that holds the lane, but no thread, until it completes
	 */
	@Nullable CompletionStage<?> handle(InFlightRecord record);

	/**
	 * Take note of a record that was polled, and return how long it waits before it is
	 * handled. Called on the consumer's thread, before the record gets into its lane.
	 * @param record the record
	 * @return the time, usually zero; its lane stands still meanwhile, without a thread
	 */
	default Duration polled(InFlightRecord record) {
		return Duration.ZERO;
	}

}
