package dev.millrace.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

import dev.millrace.RetryMode;
import dev.millrace.endpoint.ConsumerSettings;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

/**
 * The part of a subscriber that reads its retry topic, as a subscriber: the same in all
 * but what is read.
 */
final class RetrySubscriber {

	private static final String ID_SUFFIX = "-retry";

	private static final String GROUP_SUFFIX = ".retry";

	private RetrySubscriber() {
	}

	static String id(SubscriberEndpoint endpoint) {
		return endpoint.id() + ID_SUFFIX;
	}

	/**
	 * Return the part of a subscriber that reads its retry topic.
	 * @param endpoint the subscriber
	 * @return the part, or {@code null} when there is no retry topic, or its consumers
	 * read it along with their own partitions
	 */
	static @Nullable SubscriberEndpoint of(SubscriberEndpoint endpoint) {
		RetrySettings retry = endpoint.delivery().retry();
		if (retry.mode() != RetryMode.TOPIC || retry.keepOrder()) {
			return null;
		}
		return new SubscriberEndpoint(id(endpoint), new Subscription.Topics(List.of(retry.topic())),
				consumer(endpoint.consumer()), endpoint.flow(), endpoint.delivery(), endpoint.body(),
				endpoint.collaborators(), endpoint.handlers(), endpoint.documentation(), endpoint.settings());
	}

	// One consumer is enough, because the lanes do the work. It must begin at the
	// beginning, whatever the subscriber does: what waits there is never too old.
	static ConsumerSettings consumer(ConsumerSettings consumer) {
		Map<String, String> properties = new LinkedHashMap<>(consumer.properties());
		properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		return new ConsumerSettings(consumer.groupId() + GROUP_SUFFIX, suffixed(consumer.clientId()), 1,
				consumer.autoStartup(), properties);
	}

	private static @Nullable String suffixed(@Nullable String clientId) {
		return (clientId != null) ? clientId + ID_SUFFIX : null;
	}

}
