package dev.millrace.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of the dead letters of a subscriber.
 *
 * @param letters the dead letters
 * @param next what {@code after} is to be for those that follow, or {@code null} when
 * there are no more
 */
public record DeadLetterList(List<DeadLetterDescription> letters, @Nullable String next) {

	public DeadLetterList {
		letters = List.copyOf(letters);
	}

}
