package dev.millrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the bytes of a record can't become the value that a handler asks for: a
 * body that is not what its content type says, a missing field, a header or key of
 * another type.
 */
public final class DecodingException extends StreamException {

	/**
	 * Create an exception with a cause.
	 * @param message what could not be decoded, and into what
	 * @param cause why, or {@code null} when there is no deeper cause
	 */
	public DecodingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
