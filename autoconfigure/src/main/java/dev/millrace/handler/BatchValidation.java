package dev.millrace.handler;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of one handler of batches before it is called.
 */
@FunctionalInterface
interface BatchValidation {

	/**
	 * Check the arguments.
	 * @param arguments the lists that the handler is to be called with
	 * @return what is wrong, by the index of the elements; what is wrong with no single
	 * element is thrown
	 */
	Map<Integer, ? extends Throwable> validate(@Nullable Object[] arguments);

}
