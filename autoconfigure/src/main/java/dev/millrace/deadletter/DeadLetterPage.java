package dev.millrace.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of the dead letters of a subscriber.
 *
 * @param letters the dead letters, in the order of topics, partitions and offsets
 * @param next where to go on, or {@code null} when there are no more
 */
public record DeadLetterPage(List<DeadLetter> letters, @Nullable RecordPosition next) {

	public DeadLetterPage {
		letters = List.copyOf(letters);
	}

}
