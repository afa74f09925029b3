package dev.millrace.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.FilterSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * One of the handlers of a subscriber.
 *
 * @param method the method and the bean's name
 * @param filter which records it takes, or {@code null} for all
 * @param publishers where its results go
 */
public record HandlerDetails(String method, @Nullable String filter, List<Publisher> publishers) {

	public HandlerDetails {
		publishers = List.copyOf(publishers);
	}

	static HandlerDetails of(HandlerEndpoint endpoint) {
		FilterSettings filter = endpoint.filter();
		return new HandlerDetails(endpoint.describe(), (filter != null) ? filter.describe() : null,
				endpoint.publishers().stream().map(Publisher::of).toList());
	}

	/**
	 * Where results go.
	 *
	 * @param topic the topic
	 * @param key the expression of the key, or {@code null} to keep the incoming record's
	 * @param partition the expression of the partition, or {@code null} to let the
	 * producer choose
	 */
	public record Publisher(String topic, @Nullable String key, @Nullable String partition) {

		static Publisher of(PublisherEndpoint endpoint) {
			return new Publisher(endpoint.topic(), endpoint.key(), endpoint.partition());
		}

	}

}
