package dev.millrace.console.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the page has to know before it begins.
 *
 * @param application the name of the application, or {@code null}
 * @param user who has signed in, or {@code null}
 * @param refusedContents why contents of records are not shown, or {@code null} when they
 * are
 * @param refusedChanges why nothing can be changed, or {@code null} when it can
 * @param headers the headers that a POST must have
 */
record Session(@Nullable String application, @Nullable String user, @Nullable String refusedContents,
		@Nullable String refusedChanges, Map<String, String> headers) {

	Session {
		headers = Map.copyOf(headers);
	}

}
