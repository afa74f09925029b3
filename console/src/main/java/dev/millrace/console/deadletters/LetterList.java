package dev.millrace.console.deadletters;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.deadletter.DeadLetterPage;

/**
 * Some of the dead letters of a subscriber.
 *
 * @param letters the dead letters
 * @param next what {@code after} is to be for those that follow, or {@code null} when
 * there are no more
 */
record LetterList(List<LetterView> letters, @Nullable String next) {

	LetterList {
		letters = List.copyOf(letters);
	}

	static LetterList of(DeadLetterPage page) {
		return new LetterList(page.letters().stream().map(LetterView::of).toList(),
				(page.next() != null) ? page.next().toString() : null);
	}

}
