package dev.millrace;

import org.jspecify.annotations.Nullable;

/**
 * Handles records as an annotated method does. Called by several threads at a time.
 *
 * @param <T> the type of the bodies
 */
@FunctionalInterface
public interface RecordFunction<T> {

	/**
	 * Handle a record.
	 * @param body the body, {@code null} for a tombstone
	 * @param record the record, with the means to decide about it
	 * @return what is to be published, or {@code null} for nothing; may be a
	 * {@code CompletionStage} or a {@code Mono}
	 * @throws Exception when the record can't be handled
	 */
	@Nullable Object handle(@Nullable T body, HandledRecord record) throws Exception;

}
