package dev.millrace.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Entry of the log of replays.
 *
 * @param letter the dead letter, as {@link RecordPosition} has it
 * @param replay the id of the replay
 * @param subscriber the id of the subscriber
 * @param by who wanted it, or {@code null}
 * @param time when, in the form of ISO 8601
 * @param to the partition that it was written to
 */
public record ReplayEntry(String letter, String replay, String subscriber, @Nullable String by, String time,
		String to) {

}
