package dev.millrace.actuate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.deadletter.DeadLetter;
import dev.millrace.deadletter.DeadLetterOrigin;

/**
 * Dead letter for people.
 *
 * @param position where it is, as {@code topic-partition@offset}
 * @param time when it was written
 * @param origin where the record was that failed, in the same form
 * @param exception the class of the exception, or {@code null} when that is not said
 * @param reason the message of the exception, or {@code null} when that is not said
 * @param attempts how often it was tried
 * @param replays how often it had been replayed before it failed
 * @param replayed whether it has been replayed
 * @param key the key as text, or {@code null} when it has none
 * @param body the beginning of the body as text, or {@code null} when it has none
 * @param size the number of bytes of the body
 * @param headers the headers as text, of several with one name the last
 */
public record DeadLetterDescription(String position, Instant time, String origin, @Nullable String exception,
		@Nullable String reason, int attempts, int replays, boolean replayed, @Nullable String key,
		@Nullable String body, int size, Map<String, @Nullable String> headers) {

	/**
	 * How many characters of a body are shown.
	 */
	private static final int PREVIEW = 1000;

	static DeadLetterDescription of(DeadLetter letter) {
		DeadLetterOrigin origin = letter.origin();
		Map<String, @Nullable String> headers = new LinkedHashMap<>();
		letter.record().headers().forEach((header) -> headers.put(header.key(), text(header.value())));
		byte[] value = letter.record().value();
		return new DeadLetterDescription(letter.position().toString(), letter.time(), origin.record().toString(),
				origin.exception(), origin.reason(), origin.attempts(), origin.replays(), letter.replayed(),
				text(letter.record().key()), preview(text(value)), (value != null) ? value.length : 0, headers);
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String preview(@Nullable String text) {
		return (text != null && text.length() > PREVIEW) ? text.substring(0, PREVIEW) + "..." : text;
	}

}
