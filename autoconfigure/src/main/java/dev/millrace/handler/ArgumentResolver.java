package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

/**
 * Decides once, when the application starts, where the argument of a parameter comes
 * from.
 */
@FunctionalInterface
interface ArgumentResolver {

	@Nullable ArgumentBinder resolve(HandlerParameter parameter);

}
