package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

/**
 * Binds the exception that is being handled.
 */
final class ExceptionArgumentResolver implements ArgumentResolver {

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (!Throwable.class.isAssignableFrom(parameter.type().getRawClass())) {
			return null;
		}
		int index = parameter.index();
		return (delivery, arguments) -> arguments[index] = delivery.failure();
	}

}
