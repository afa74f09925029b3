package dev.millrace.console.record;

import org.jspecify.annotations.Nullable;

/**
 * Key, value or header for people.
 *
 * @param kind what it looks like
 * @param text the text, indented where it is JSON, bytes in hexadecimal where it is none;
 * {@code null} when there is nothing
 * @param size the number of bytes
 * @param cut whether the text is only the beginning
 */
public record Payload(Kind kind, @Nullable String text, int size, boolean cut) {

	/**
	 * What bytes look like.
	 */
	public enum Kind {

		/** There is nothing: a tombstone, or no key. */
		NONE,

		/** JSON object or array. */
		JSON,

		/** Other text in UTF-8. */
		TEXT,

		/** Anything else. */
		BINARY

	}

}
