package dev.millrace.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that meet all conditions.
 *
 * @param exception what the class of the exception or its message contains, or
 * {@code null} for any
 * @param key the key as text, or {@code null} for any
 * @param from the earliest time at which it became a dead letter, or {@code null}
 * @param to the time before which it became one, or {@code null}
 * @param positions where they are; empty for anywhere
 * @param replayed whether those are meant too that have been replayed
 */
public record DeadLetterFilter(@Nullable String exception, @Nullable String key, @Nullable Instant from,
		@Nullable Instant to, Set<RecordPosition> positions, boolean replayed) {

	/**
	 * All that have not been replayed.
	 */
	public static final DeadLetterFilter OPEN = new DeadLetterFilter(null, null, null, null, Set.of(), false);

	public DeadLetterFilter {
		positions = Set.copyOf(positions);
	}

	/**
	 * Return the filter for some dead letters that have not been replayed.
	 * @param positions where they are
	 * @return the filter
	 */
	public static DeadLetterFilter of(Set<RecordPosition> positions) {
		return new DeadLetterFilter(null, null, null, null, positions, false);
	}

	/**
	 * Return the filter for those of an exception that have not been replayed.
	 * @param exception what its class or message contains
	 * @return the filter
	 */
	public static DeadLetterFilter of(String exception) {
		return new DeadLetterFilter(exception, null, null, null, Set.of(), false);
	}

	boolean matches(DeadLetter letter) {
		byte[] bytes = letter.record().key();
		return (this.replayed || !letter.replayed())
				&& (this.positions.isEmpty() || this.positions.contains(letter.position()))
				&& (this.exception == null || contains(letter.origin().exception(), this.exception)
						|| contains(letter.origin().reason(), this.exception))
				&& (this.key == null || (bytes != null && this.key.equals(new String(bytes, StandardCharsets.UTF_8))))
				&& (this.from == null || !letter.time().isBefore(this.from))
				&& (this.to == null || letter.time().isBefore(this.to));
	}

	private static boolean contains(@Nullable String text, String part) {
		return text != null && text.contains(part);
	}

}
