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
 * @param signature what it takes of a record and what it gives
 * @param documentation what is said about it for its readers
 */
public record HandlerEndpoint(HandlerMethod method, @Nullable FilterSettings filter,
		List<List<ExceptionHandlerEndpoint>> exceptionHandlers, List<PublisherEndpoint> publishers,
		HandlerSignature signature, Documentation documentation) {

	public HandlerEndpoint {
		exceptionHandlers = exceptionHandlers.stream().map(List::copyOf).toList();
		publishers = List.copyOf(publishers);
	}

	/**
	 * Describe a handler of which neither parameters nor result are known.
	 * @param method the method to call
	 * @param filter which records it takes, or {@code null} for all
	 * @param exceptionHandlers the methods that handle its exceptions
	 * @param publishers where its result goes
	 */
	public HandlerEndpoint(HandlerMethod method, @Nullable FilterSettings filter,
			List<List<ExceptionHandlerEndpoint>> exceptionHandlers, List<PublisherEndpoint> publishers) {
		this(method, filter, exceptionHandlers, publishers, HandlerSignature.UNKNOWN, Documentation.NONE);
	}

	/**
	 * Return the same handler with what is known about its parameters and result.
	 * @param signature what it takes of a record and what it gives
	 * @return a copy
	 */
	public HandlerEndpoint withSignature(HandlerSignature signature) {
		return new HandlerEndpoint(this.method, this.filter, this.exceptionHandlers, this.publishers, signature,
				this.documentation);
	}

	/**
	 * Return the same handler with what is said about it for its readers.
	 * @param documentation what is said
	 * @return a copy
	 */
	public HandlerEndpoint withDocumentation(Documentation documentation) {
		return new HandlerEndpoint(this.method, this.filter, this.exceptionHandlers, this.publishers, this.signature,
				documentation);
	}

	/**
	 * Describe the handler, for errors and logs.
	 * @return the method and the bean's name
	 */
	public String describe() {
		return this.method.describe();
	}

}
