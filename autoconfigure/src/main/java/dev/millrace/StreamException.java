package dev.millrace;

import org.jspecify.annotations.Nullable;

/**
 * Base of the exceptions that Millrace throws.
 */
public class StreamException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message what went wrong
	 */
	public StreamException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what went wrong
	 * @param cause why, or {@code null} when there is no deeper cause
	 */
	public StreamException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
