package dev.millrace.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.UnfinishedRecord;

/**
 * What a subscriber does now.
 *
 * @param running whether it was started and has not stopped
 * @param paused whether it was told to fetch nothing
 * @param concurrency how many records run at once
 * @param maxRate how many records are begun in a second, or {@code null} for no limit
 * @param lanes how many lanes have work
 * @param oldestUnfinished the record that has been unfinished for the longest time, or
 * {@code null} when there is none
 * @param counts how often there was each outcome since the start of the application
 */
public record SubscriberState(boolean running, boolean paused, int concurrency, @Nullable Double maxRate, int lanes,
		@Nullable UnfinishedRecord oldestUnfinished, Map<String, Long> counts) {

}
