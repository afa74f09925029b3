package dev.millrace.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Immutable description of one of the handlers of a subscriber.
 *
 * @param method the method to call
 * @param filter which records it takes, or {@code null} for all
 * @param publishers where its result goes
 */
public record HandlerEndpoint(HandlerMethod method, @Nullable FilterSettings filter,
		List<PublisherEndpoint> publishers) {

	public HandlerEndpoint {
		publishers = List.copyOf(publishers);
	}

	/**
	 * Describe the handler, for errors and logs.
	 * @return the method and the bean's name
	 */
	public String describe() {
		return this.method.describe();
	}

}
