package dev.millrace.console.tryit;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.jspecify.annotations.Nullable;

/**
 * Failure for people.
 *
 * @param type the class of the exception
 * @param message its message, or {@code null}
 * @param trace where it comes from
 */
record FailureView(String type, @Nullable String message, String trace) {

	private static final int TRACE = 8000;

	static FailureView of(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		String text = trace.toString();
		return new FailureView(failure.getClass().getName(), failure.getMessage(),
				(text.length() > TRACE) ? text.substring(0, TRACE) + "..." : text);
	}

}
