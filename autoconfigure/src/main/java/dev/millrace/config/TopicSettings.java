package dev.millrace.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How declared topics are looked after at start.
 *
 * @param missing what to do about those that do not exist
 * @param partitions the partitions of a created topic, or {@code null} for the broker's
 * default
 * @param replicas the replicas of a created topic, or {@code null} for the broker's
 * default
 * @param timeout how long to wait for the broker
 */
public record TopicSettings(MissingTopics missing, @Nullable Integer partitions, @Nullable Short replicas,
		Duration timeout) {

}
