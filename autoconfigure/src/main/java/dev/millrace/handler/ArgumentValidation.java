package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of one handler before it is called.
 */
@FunctionalInterface
interface ArgumentValidation {

	void validate(@Nullable Object[] arguments);

}
