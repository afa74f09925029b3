package dev.millrace.console.deadletters;

import org.jspecify.annotations.Nullable;

import dev.millrace.console.record.RecordView;
import dev.millrace.console.record.RecordViews;
import dev.millrace.deadletter.DeadLetter;

/**
 * Dead letter for people.
 *
 * @param position where it is, as {@code topic-partition@offset}
 * @param origin where the record was that failed, in the same form
 * @param exception the class of the exception, or {@code null} when that is not said
 * @param reason the message of the exception, or {@code null} when that is not said
 * @param attempts how often it was tried
 * @param replays how often it had been replayed before it failed
 * @param replayed whether it has been replayed
 * @param record the record, with the beginning of its value
 */
record LetterView(String position, String origin, @Nullable String exception, @Nullable String reason, int attempts,
		int replays, boolean replayed, RecordView record) {

	static LetterView of(DeadLetter letter) {
		return new LetterView(letter.position().toString(), letter.origin().record().toString(),
				letter.origin().exception(), letter.origin().reason(), letter.origin().attempts(),
				letter.origin().replays(), letter.replayed(), RecordViews.BRIEF.of(letter.record()));
	}

}
