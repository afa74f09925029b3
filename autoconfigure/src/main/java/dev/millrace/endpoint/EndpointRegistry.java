package dev.millrace.endpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamConfigurationException;

/**
 * The subscribers of an application, in the order of their registration. Safe for use by
 * several threads.
 */
public final class EndpointRegistry {

	private final Map<String, SubscriberEndpoint> endpoints = new LinkedHashMap<>();

	/**
	 * Add a subscriber.
	 * @param endpoint the subscriber
	 * @throws StreamConfigurationException when another one has the same id
	 */
	public void register(SubscriberEndpoint endpoint) {
		synchronized (this.endpoints) {
			SubscriberEndpoint other = this.endpoints.putIfAbsent(endpoint.id(), endpoint);
			if (other != null) {
				throw new StreamConfigurationException(
						"Two subscribers have the id '" + endpoint.id() + "': " + other.describeHandlers() + " and "
								+ endpoint.describeHandlers() + ".",
						"Give at least one of them an id of its own: @StreamSubscriber(id = \"...\").");
			}
		}
	}

	/**
	 * Remove a subscriber.
	 * @param endpoint the subscriber
	 */
	public void remove(SubscriberEndpoint endpoint) {
		synchronized (this.endpoints) {
			this.endpoints.remove(endpoint.id(), endpoint);
		}
	}

	/**
	 * Find a subscriber.
	 * @param id the id
	 * @return the subscriber, or {@code null} when there is none with that id
	 */
	public @Nullable SubscriberEndpoint find(String id) {
		synchronized (this.endpoints) {
			return this.endpoints.get(id);
		}
	}

	/**
	 * Return all subscribers.
	 * @return a snapshot in the order of registration
	 */
	public Collection<SubscriberEndpoint> all() {
		synchronized (this.endpoints) {
			return List.copyOf(this.endpoints.values());
		}
	}

}
