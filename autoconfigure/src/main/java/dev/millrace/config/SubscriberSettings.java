package dev.millrace.config;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.Ordering;

/**
 * Settings of a subscriber as one source has them; {@code null} where that source says
 * nothing.
 *
 * @param groupId the consumer group
 * @param clientId the client id prefix
 * @param autoOffsetReset where a group without a committed offset begins
 * @param autoStartup whether the subscriber starts with the application
 * @param ordering which records may run at the same time
 * @param concurrency how many records run at once
 * @param commitInterval the shortest time between two commits
 * @param window the limits of what is polled and not committable
 * @param retry the delays between attempts
 * @param properties consumer properties
 */
public record SubscriberSettings(@Nullable String groupId, @Nullable String clientId, @Nullable String autoOffsetReset,
		@Nullable Boolean autoStartup, @Nullable Ordering ordering, @Nullable Integer concurrency,
		@Nullable Duration commitInterval, Window window, Retry retry, Map<String, String> properties) {

	/**
	 * Settings that say nothing.
	 */
	public static final SubscriberSettings NONE = new SubscriberSettings(null, null, null, null, null, null, null,
			new Window(null, null), new Retry(null, null, null, null), Map.of());

	/**
	 * Limits of what is polled and not committable.
	 *
	 * @param high how many records pause a partition
	 * @param low how many are left when it is resumed
	 */
	public record Window(@Nullable Integer high, @Nullable Integer low) {

	}

	/**
	 * Delays between attempts.
	 *
	 * @param delay the first delay
	 * @param multiplier the growth of the delay
	 * @param maxDelay the longest delay
	 * @param jitter the share of the delay left to chance
	 */
	public record Retry(@Nullable Duration delay, @Nullable Double multiplier, @Nullable Duration maxDelay,
			@Nullable Double jitter) {

	}

}
