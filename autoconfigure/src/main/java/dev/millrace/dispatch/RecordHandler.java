package dev.millrace.dispatch;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What a lane does with a record.
 */
@FunctionalInterface
public interface RecordHandler {

	/**
	 * Handle a record, on a thread of the lane's executor. Ends in exactly one call of
	 * {@link InFlightRecord#finish()} or {@link InFlightRecord#retry}, here or later and
	 * from any thread; an exception that escapes counts as a retry after a second.
	 * @param record the record
	 * @return {@code null} to let the lane go on with its next record at once, or a stage
	 * that holds the lane, but no thread, until it completes
	 */
	@Nullable CompletionStage<?> handle(InFlightRecord record);

}
