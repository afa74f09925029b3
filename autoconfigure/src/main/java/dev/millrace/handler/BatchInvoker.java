package dev.millrace.handler;

import java.util.List;

import org.springframework.util.ReflectionUtils;

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

	/**
	 * Return what calls the handler with one record at a time.
	 * @return an invoker that makes batches of one
	 */
	default RecordInvoker ofOne() {
		return (delivery) -> {
			BatchCall call = prepare(List.of(delivery));
			Throwable failure = call.failure(delivery);
			if (failure != null) {
				ReflectionUtils.rethrowException(failure);
			}
			return call.invoke();
		};
	}

}
