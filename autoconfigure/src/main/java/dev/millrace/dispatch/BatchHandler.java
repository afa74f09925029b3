package dev.millrace.dispatch;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What lanes do with several records at once.
 */
public interface BatchHandler extends RecordHandler {

	/**
	 * Handle records together, on a thread of the lanes' executor. Ends for each record
	 * as {@link RecordHandler#handle} does; an exception that escapes counts as a retry
	 * after a second of those that have not ended.
	 * @param batch the records, at least one; those of one lane in the order in which
	 * that lane has them
	 * @return {@code null} to let the lanes go on at once, or a stage that holds them,
	 * but no thread, until it completes
	 */
	@Nullable CompletionStage<?> handleBatch(List<InFlightRecord> batch);

	@Override
	default @Nullable CompletionStage<?> handle(InFlightRecord record) {
		return handleBatch(List.of(record));
	}

}
