package dev.millrace;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Handles several records at once, as an annotated method with {@code batch = true} does.
 * Called by several threads at a time.
 *
 * @param <T> the type of the bodies
 */
@FunctionalInterface
public interface BatchFunction<T> {

	/**
	 * Handle the records of a batch.
	 * @param bodies the bodies, {@code null} for each tombstone
	 * @param records the records, in the same order
	 * @return a {@link BatchResult}, or what is to be published: a list as long as the
	 * batch is a result for each record, any other collection belongs to all of them;
	 * {@code null} for nothing. May be a {@code CompletionStage} or a {@code Mono}
	 * @throws Exception when the records can't be handled; a {@link BatchFailedException}
	 * names those
	 */
	@Nullable Object handle(List<@Nullable T> bodies, List<HandledRecord> records) throws Exception;

}
