package dev.millrace.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamRecord;

/**
 * One call of a handler, and what came of it.
 *
 * @param records what it was called for: one record, or those of a batch
 * @param arguments what it was called with
 * @param result what it has returned, {@code null} for nothing; what a
 * {@code CompletionStage} has completed with, or the stage itself as long as it has not
 * @param failure what it has thrown or its stage has failed with, or {@code null}
 * @param published what was published because of it: its results and what it has sent by
 * itself, as it is in its topics; what was taken back with a transaction is not there
 */
public record HandlerCall(List<StreamRecord> records, List<@Nullable Object> arguments, @Nullable Object result,
		@Nullable Throwable failure, List<StreamRecord> published) {

	public HandlerCall {
		records = List.copyOf(records);
		// Arguments may be null.
		arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
		published = List.copyOf(published);
	}

	/**
	 * Return how often the record had been tried, with this time.
	 * @return the number of the attempt, from 1; of a batch that of its first record
	 */
	public int attempt() {
		return this.records.isEmpty() ? 1 : this.records.get(0).attempt();
	}

}
