package dev.millrace.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * What the headers of a dead letter say about it.
 *
 * @param record where the record was that failed
 * @param timestamp the timestamp of that record in milliseconds since the epoch, -1 when
 * that is not said
 * @param group the consumer group in which it failed, or {@code null} when that is not
 * said
 * @param subscriber the id of the subscriber, or {@code null} when that is not said
 * @param exception the class of the exception, or {@code null} when that is not said
 * @param reason the message of the exception, or {@code null} when that is not said
 * @param attempts how often it was tried; zero when that is not said
 * @param replays how often it had been replayed before it failed
 */
public record DeadLetterOrigin(RecordPosition record, long timestamp, @Nullable String group,
		@Nullable String subscriber, @Nullable String exception, @Nullable String reason, int attempts, int replays) {

}
