package dev.millrace.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * How the bodies of a subscriber's or a publisher's records are read or written, where
 * that is not left to the records or the values.
 *
 * @param codec the name of the codec for all of them, or {@code null}
 * @param contentType the content type of records that come without one, or of those that
 * are published, or {@code null}
 */
public record BodySettings(@Nullable String codec, @Nullable String contentType) {

	/**
	 * Everything is left to the records or the values.
	 */
	public static final BodySettings NONE = new BodySettings(null, null);

}
