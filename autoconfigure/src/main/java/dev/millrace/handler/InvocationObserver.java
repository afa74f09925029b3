package dev.millrace.handler;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.HandlerMethod;

/**
 * Hears of each call of a handler's method, for test kits: a bean. Called by the thread
 * that calls the method, by several at a time.
 */
public interface InvocationObserver {

	/**
	 * Observes nothing.
	 */
	InvocationObserver NONE = new InvocationObserver() {

		@Override
		public void returned(String subscriber, HandlerMethod handler, @Nullable Object[] arguments,
				@Nullable Object result) {
			// Nobody wants to know.
		}

		@Override
		public void threw(String subscriber, HandlerMethod handler, @Nullable Object[] arguments, Throwable failure) {
			// Nobody wants to know.
		}

	};

	/**
	 * A handler has returned.
	 * @param subscriber the id of the subscriber for which it was called
	 * @param handler the handler
	 * @param arguments what it was called with
	 * @param result what it has returned, perhaps a future
	 */
	void returned(String subscriber, HandlerMethod handler, @Nullable Object[] arguments, @Nullable Object result);

	/**
	 * A handler has thrown an exception.
	 * @param subscriber the id of the subscriber for which it was called
	 * @param handler the handler
	 * @param arguments what it was called with
	 * @param failure the exception
	 */
	void threw(String subscriber, HandlerMethod handler, @Nullable Object[] arguments, Throwable failure);

}
