package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

import dev.millrace.Acknowledgment;

/**
 * Binds what a handler decides about its record by.
 */
final class AcknowledgmentArgumentResolver implements ArgumentResolver {

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (parameter.type().getRawClass() != Acknowledgment.class) {
			return null;
		}
		int index = parameter.index();
		return (delivery, arguments) -> arguments[index] = delivery;
	}

}
