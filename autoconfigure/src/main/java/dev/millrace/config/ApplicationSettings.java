package dev.millrace.config;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the application's configuration says about its subscribers.
 *
 * @param defaults settings of all subscribers
 * @param overrides settings of single subscribers, by id; they win over annotations
 * @param consumerGroupId the group id of the application's own Kafka consumers, or
 * {@code null}
 * @param applicationName the name of the application, or {@code null}
 * @param drainTimeout how long a revoke or a stop waits for running records
 */
public record ApplicationSettings(SubscriberSettings defaults, Map<String, SubscriberSettings> overrides,
		@Nullable String consumerGroupId, @Nullable String applicationName, Duration drainTimeout) {

	public ApplicationSettings {
		overrides = Map.copyOf(overrides);
	}

}
