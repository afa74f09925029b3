package dev.millrace.console.tryit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.console.record.RecordView;

/**
 * What has become of a record that was tried out. What does not apply is {@code null} or
 * empty.
 *
 * @param millis how long it took
 * @param handler the handler that took it
 * @param arguments what the handler would be called with
 * @param value what it has returned, as text
 * @param published what it would have published, or the record that was published
 * @param decision what is to become of the record
 * @param answer the answer to a request
 * @param failure why it has failed
 */
record TrialResult(long millis, @Nullable String handler, List<Argument> arguments, @Nullable String value,
		List<RecordView> published, @Nullable String decision, @Nullable RecordView answer,
		@Nullable FailureView failure) {

	TrialResult {
		arguments = List.copyOf(arguments);
		published = List.copyOf(published);
	}

	/**
	 * Argument of a handler.
	 *
	 * @param name the name of the parameter
	 * @param value the value as text
	 */
	record Argument(String name, String value) {

	}

}
