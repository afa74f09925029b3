package dev.millrace.endpoint;

import java.util.List;

/**
 * Immutable description of a method that handles exceptions.
 *
 * @param method the method to call
 * @param types the exceptions that it handles, at least one
 */
public record ExceptionHandlerEndpoint(HandlerMethod method, List<Class<? extends Throwable>> types) {

	public ExceptionHandlerEndpoint {
		types = List.copyOf(types);
	}

}
