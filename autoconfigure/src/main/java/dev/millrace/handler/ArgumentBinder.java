package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

/**
 * Fills in one or more of a handler's arguments from a delivery.
 */
@FunctionalInterface
interface ArgumentBinder {

	void bind(Delivery delivery, @Nullable Object[] arguments);

}
