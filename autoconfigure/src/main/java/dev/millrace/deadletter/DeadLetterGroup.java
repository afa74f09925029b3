package dev.millrace.deadletter;

import java.time.Instant;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Dead letters of a subscriber that failed with one kind of exception.
 *
 * @param exception the class of the exception, or {@code null} when that is not said
 * @param open how many have not been replayed
 * @param replayed how many have been replayed
 * @param first when the first of them became one
 * @param last when the last of them became one
 */
public record DeadLetterGroup(@Nullable String exception, long open, long replayed, Instant first, Instant last) {

	static final Comparator<DeadLetterGroup> ORDER = Comparator.comparingLong(DeadLetterGroup::open)
		.reversed()
		.thenComparing(DeadLetterGroup::exception, Comparator.nullsLast(Comparator.naturalOrder()));

	static DeadLetterGroup of(DeadLetter letter) {
		return new DeadLetterGroup(letter.origin().exception(), letter.replayed() ? 0 : 1, letter.replayed() ? 1 : 0,
				letter.time(), letter.time());
	}

	DeadLetterGroup and(DeadLetterGroup other) {
		return new DeadLetterGroup(this.exception, this.open + other.open, this.replayed + other.replayed,
				this.first.isBefore(other.first) ? this.first : other.first,
				this.last.isAfter(other.last) ? this.last : other.last);
	}

}
