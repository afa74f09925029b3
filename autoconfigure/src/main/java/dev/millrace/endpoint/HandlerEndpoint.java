package dev.millrace.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Immutable description of one of the handlers of a subscriber.
 *
 * @param method the method to call
 * @param filter which records it takes, or {@code null} for all
 * @param exceptionHandlers the methods that handle its exceptions, those of each class
 * together, in the order in which the classes are asked
 * @param publishers where its result goes
 */
public record HandlerEndpoint(HandlerMethod method, @Nullable FilterSettings filter,
		List<List<ExceptionHandlerEndpoint>> exceptionHandlers, List<PublisherEndpoint> publishers) {

	public HandlerEndpoint {
		exceptionHandlers = exceptionHandlers.stream().map(List::copyOf).toList();
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
