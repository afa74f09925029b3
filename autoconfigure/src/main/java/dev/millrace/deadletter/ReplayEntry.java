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
 * @param to the partition that it was written to; only the topic when its key has decided
 * about the partition; {@code handler} when a handler got it
 * @param topicId the id of the topic that the dead letter is in, which a later topic of
 * the same name does not have; {@code null} in entries of older versions
 */
public record ReplayEntry(String letter, String replay, String subscriber, @Nullable String by, String time, String to,
		@Nullable String topicId) {

}
