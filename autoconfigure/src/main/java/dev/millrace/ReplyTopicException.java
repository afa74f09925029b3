package dev.millrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown for a record that asks for an answer where none can be put: the topic or the
 * partition does not exist, or may not be written to. Not retried by default, and thrown
 * before the handler is called.
 */
public class ReplyTopicException extends StreamException {

	/**
	 * Create an exception.
	 * @param message where the answer should go
	 * @param cause why it can't, or {@code null} when there is no deeper cause
	 */
	public ReplyTopicException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
