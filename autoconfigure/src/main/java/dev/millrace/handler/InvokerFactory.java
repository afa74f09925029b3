package dev.millrace.handler;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.millrace.BatchInterceptor;
import dev.millrace.StreamConfigurationException;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.endpoint.ExceptionHandlerEndpoint;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Creates invokers with everything around the handler: first what watches over it, then
 * those who handle its exceptions, within them the interceptors.
 */
public final class InvokerFactory {

	private static final Log logger = LogFactory.getLog(InvokerFactory.class);

	private final HandlerMethodFactory handlerMethods;

	private final Interceptors<SubscriberInterceptor> interceptors;

	private final Interceptors<BatchInterceptor> batchInterceptors;

	private final InvokerDecorator decorator;

	/**
	 * Create a factory.
	 * @param handlerMethods makes the invokers of methods
	 * @param interceptors the interceptors around single records
	 * @param batchInterceptors the interceptors around batches
	 * @param decorator puts something around all of it
	 */
	public InvokerFactory(HandlerMethodFactory handlerMethods, Interceptors<SubscriberInterceptor> interceptors,
			Interceptors<BatchInterceptor> batchInterceptors, InvokerDecorator decorator) {
		this.handlerMethods = handlerMethods;
		this.interceptors = interceptors;
		this.batchInterceptors = batchInterceptors;
		this.decorator = decorator;
	}

	/**
	 * Return what makes deliveries for the invokers of a subscriber.
	 * @param endpoint the subscriber
	 * @return the deliveries
	 */
	public Deliveries deliveries(SubscriberEndpoint endpoint) {
		return this.handlerMethods.forSubscriber(endpoint).deliveries();
	}

	/**
	 * Create the invoker of a handler.
	 * @param endpoint the subscriber
	 * @param handler one of its handlers
	 * @return its invoker
	 * @throws StreamConfigurationException when an interceptor for batches is named,
	 * which would not be called
	 */
	public RecordInvoker create(SubscriberEndpoint endpoint, HandlerEndpoint handler) {
		for (BatchInterceptor interceptor : this.batchInterceptors.namedBy(endpoint)) {
			if (!(interceptor instanceof SubscriberInterceptor)) {
				throw new StreamConfigurationException(
						"%s gets one record at a time, but names the interceptor %s, which handles batches."
							.formatted(endpoint.describe(), interceptor.getClass().getName()),
						"Have it implement SubscriberInterceptor too, or name it only for subscribers with batch = true.");
			}
		}
		HandlerMethodFactory methods = this.handlerMethods.forSubscriber(endpoint);
		RecordInvoker invoker = intercepted(methods.create(handler.method()), endpoint);
		return this.decorator.around(endpoint, handlingExceptions(invoker, handler, methods));
	}

	/**
	 * Create the invoker of a handler that gets batches. Methods that handle exceptions
	 * are not around it: they are called for one record at a time.
	 * @param endpoint the subscriber
	 * @param handler its handler
	 * @return its invoker
	 * @throws StreamConfigurationException when there are interceptors for single
	 * records, which must not be passed over
	 */
	public BatchInvoker createForBatches(SubscriberEndpoint endpoint, HandlerEndpoint handler) {
		for (SubscriberInterceptor interceptor : this.interceptors.of(endpoint)) {
			if (!(interceptor instanceof BatchInterceptor)) {
				throw new StreamConfigurationException(
						"%s gets batches, but the interceptor %s handles one record at a time."
							.formatted(endpoint.describe(), interceptor.getClass().getName()),
						"Have it implement BatchInterceptor too, or let it be called for other subscribers only: declare"
								+ " it with @Bean(defaultCandidate = false) and name it where it is wanted.");
			}
		}
		if (!handler.exceptionHandlers().isEmpty()) {
			logger.warn("%s gets batches, so that no @StreamExceptionHandler method handles its exceptions;"
				.formatted(endpoint.describe()) + " a BatchInterceptor can");
		}
		BatchInvoker invoker = this.handlerMethods.forSubscriber(endpoint).createForBatches(handler.method());
		List<BatchInterceptor> interceptors = this.batchInterceptors.of(endpoint);
		return this.decorator.around(endpoint,
				interceptors.isEmpty() ? invoker : new InterceptedBatchInvoker(interceptors, invoker));
	}

	/**
	 * Create what decodes, binds and validates for a handler, and calls neither it nor
	 * what is around it.
	 * @param endpoint the subscriber
	 * @param handler one of its handlers
	 * @return returns the arguments that the handler would be called with, as an array
	 */
	public RecordInvoker createCheck(SubscriberEndpoint endpoint, HandlerEndpoint handler) {
		HandlerMethodFactory methods = this.handlerMethods.forSubscriber(endpoint);
		return (endpoint.flow().batch() != null) ? methods.createCheckForBatches(handler.method())
				: methods.createCheck(handler.method());
	}

	private static RecordInvoker handlingExceptions(RecordInvoker invoker, HandlerEndpoint handler,
			HandlerMethodFactory methods) {
		if (handler.exceptionHandlers().isEmpty()) {
			return invoker;
		}
		return new ExceptionHandlingInvoker(invoker,
				new ExceptionHandlers(handler.exceptionHandlers()
					.stream()
					.map((methodsOfClass) -> candidates(methodsOfClass, methods))
					.toList()));
	}

	private RecordInvoker intercepted(RecordInvoker invoker, SubscriberEndpoint endpoint) {
		List<SubscriberInterceptor> interceptors = this.interceptors.of(endpoint);
		return interceptors.isEmpty() ? invoker : new InterceptedInvoker(interceptors, invoker);
	}

	private static List<ExceptionHandlers.Candidate> candidates(List<ExceptionHandlerEndpoint> endpoints,
			HandlerMethodFactory methods) {
		List<ExceptionHandlers.Candidate> candidates = new ArrayList<>();
		for (ExceptionHandlerEndpoint endpoint : endpoints) {
			RecordInvoker invoker = methods.createExceptionHandler(endpoint.method());
			endpoint.types().forEach((type) -> candidates.add(new ExceptionHandlers.Candidate(type, invoker)));
		}
		return candidates;
	}

}
