package dev.millrace.handler;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Call of a handler with several records that is ready to be made.
 */
public final class BatchCall {

	private final Map<Delivery, Throwable> failures;

	private final Call call;

	BatchCall(Map<Delivery, Throwable> failures, Call call) {
		this.failures = Map.copyOf(failures);
		this.call = call;
	}

	/**
	 * Return why the handler is not called with a record.
	 * @param delivery the record
	 * @return why it could not be decoded, bound or validated; {@code null} when it could
	 */
	public @Nullable Throwable failure(Delivery delivery) {
		return this.failures.get(delivery);
	}

	/**
	 * Return a call with the same records that is made in another way.
	 * @param call makes it
	 * @return the call
	 */
	public BatchCall within(Call call) {
		return new BatchCall(this.failures, call);
	}

	/**
	 * Call the handler with all others, once.
	 * @return what it returned
	 * @throws Exception what it threw
	 */
	public @Nullable Object invoke() throws Exception {
		return this.call.invoke();
	}

	/**
	 * Calls the handler.
	 */
	@FunctionalInterface
	public interface Call {

		/**
		 * Call the handler.
		 * @return what it returned
		 * @throws Exception what it threw
		 */
		@Nullable Object invoke() throws Exception;

	}

}
