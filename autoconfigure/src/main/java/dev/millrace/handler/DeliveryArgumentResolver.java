package dev.millrace.handler;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.millrace.Acknowledgment;
import dev.millrace.HandledRecord;
import dev.millrace.StreamRecord;

/**
 * Binds what a delivery is itself: the record, and the means to decide about it.
 */
final class DeliveryArgumentResolver implements ArgumentResolver {

	private static final Set<Class<?>> TYPES = Set.of(Acknowledgment.class, HandledRecord.class, StreamRecord.class);

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (!TYPES.contains(parameter.type().getRawClass())) {
			return null;
		}
		int index = parameter.index();
		return (delivery, arguments) -> arguments[index] = delivery;
	}

}
