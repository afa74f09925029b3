package dev.millrace.handler;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Puts something around the invokers of subscribers, outside of interceptors and of those
 * who handle exceptions.
 */
public interface InvokerDecorator {

	/**
	 * Puts nothing around them.
	 */
	InvokerDecorator NONE = new InvokerDecorator() {

		@Override
		public RecordInvoker around(SubscriberEndpoint endpoint, RecordInvoker invoker) {
			return invoker;
		}

		@Override
		public BatchInvoker around(SubscriberEndpoint endpoint, BatchInvoker invoker) {
			return invoker;
		}

	};

	/**
	 * Put something around an invoker.
	 * @param endpoint the subscriber
	 * @param invoker the invoker
	 * @return what is to be called in its place
	 */
	RecordInvoker around(SubscriberEndpoint endpoint, RecordInvoker invoker);

	/**
	 * Put something around an invoker.
	 * @param endpoint the subscriber
	 * @param invoker the invoker
	 * @return what is to be called in its place
	 */
	BatchInvoker around(SubscriberEndpoint endpoint, BatchInvoker invoker);

	/**
	 * Return a decorator with another one in it.
	 * @param inner the other one
	 * @return both
	 */
	default InvokerDecorator around(InvokerDecorator inner) {
		InvokerDecorator outer = this;
		return new InvokerDecorator() {

			@Override
			public RecordInvoker around(SubscriberEndpoint endpoint, RecordInvoker invoker) {
				return outer.around(endpoint, inner.around(endpoint, invoker));
			}

			@Override
			public BatchInvoker around(SubscriberEndpoint endpoint, BatchInvoker invoker) {
				return outer.around(endpoint, inner.around(endpoint, invoker));
			}

		};
	}

}
