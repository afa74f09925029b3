package dev.millrace.endpoint;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a subscriber's consumers join the cluster.
 *
 * @param groupId the consumer group
 * @param clientId the client id prefix, or {@code null} for the factory's
 * @param consumers how many consumers there are, or {@code null} for the factory's
 * default
 * @param autoStartup whether the consumers start with the application, or {@code null}
 * for the factory's default
 * @param properties consumer properties that win over the factory's
 */
public record ConsumerSettings(String groupId, @Nullable String clientId, @Nullable Integer consumers,
		@Nullable Boolean autoStartup, Map<String, String> properties) {

	public ConsumerSettings {
		properties = Map.copyOf(properties);
	}

}
