package dev.millrace.handler;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamOperations;

/**
 * Binds what publishes for the record that is handled, on whatever thread.
 */
final class StreamOperationsArgumentResolver implements ArgumentResolver {

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (parameter.type().getRawClass() != StreamOperations.class) {
			return null;
		}
		int index = parameter.index();
		return (delivery, arguments) -> arguments[index] = operations(List.of(delivery));
	}

	/**
	 * Return what publishes for records that are handled together.
	 * @param deliveries the records
	 * @return the operations, or {@code null} without any record
	 */
	static @Nullable StreamOperations operations(List<Delivery> deliveries) {
		return deliveries.isEmpty() ? null : Objects.requireNonNull(deliveries.get(0).scope()).operations();
	}

}
