package dev.millrace.handler;

import java.util.List;

/**
 * Calls a handler with several records. Safe for use by several threads.
 */
@FunctionalInterface
public interface BatchInvoker {

	/**
	 * Decode the records, and bind and validate the arguments of each.
	 * @param deliveries the records and what the handler decides about them
	 * @return the call of the handler with those of which that was possible
	 */
	BatchCall prepare(List<Delivery> deliveries);

}
