package dev.millrace.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.millrace.StreamConfigurationException;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.endpoint.ExceptionHandlerEndpoint;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Creates invokers with everything around the handler: first those who handle its
 * exceptions, within them the interceptors.
 */
public final class InvokerFactory {

	private static final Log logger = LogFactory.getLog(InvokerFactory.class);

	private final HandlerMethodFactory handlerMethods;

	private final List<SubscriberInterceptor> interceptors;

	private final Function<String, SubscriberInterceptor> namedInterceptors;

	/**
	 * Create a factory.
	 * @param handlerMethods makes the invokers of methods
	 * @param interceptors the interceptors for all subscribers, the outermost first
	 * @param namedInterceptors find the others by their names, or throw
	 */
	public InvokerFactory(HandlerMethodFactory handlerMethods, List<SubscriberInterceptor> interceptors,
			Function<String, SubscriberInterceptor> namedInterceptors) {
		this.handlerMethods = handlerMethods;
		this.interceptors = List.copyOf(interceptors);
		this.namedInterceptors = namedInterceptors;
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
	 */
	public RecordInvoker create(SubscriberEndpoint endpoint, HandlerEndpoint handler) {
		HandlerMethodFactory methods = this.handlerMethods.forSubscriber(endpoint);
		RecordInvoker invoker = intercepted(methods.create(handler.method()), endpoint);
		if (handler.exceptionHandlers().isEmpty()) {
			return invoker;
		}
		return new ExceptionHandlingInvoker(invoker,
				new ExceptionHandlers(handler.exceptionHandlers()
					.stream()
					.map((methodsOfClass) -> candidates(methodsOfClass, methods))
					.toList()));
	}

	/**
	 * Create the invoker of a handler that gets batches. Nothing is around it:
	 * interceptors and methods that handle exceptions are called for one record at a
	 * time.
	 * @param endpoint the subscriber
	 * @param handler its handler
	 * @return its invoker
	 * @throws StreamConfigurationException when there are interceptors, which must not be
	 * passed over
	 */
	public BatchInvoker createForBatches(SubscriberEndpoint endpoint, HandlerEndpoint handler) {
		if (!this.interceptors.isEmpty() || !endpoint.collaborators().interceptors().isEmpty()) {
			throw new StreamConfigurationException(
					"%s gets batches, but interceptors handle one record at a time.".formatted(endpoint.describe()),
					"Remove batch = true, or let interceptors be called for other subscribers only: declare them with"
							+ " @Bean(defaultCandidate = false) and name them where they are wanted.");
		}
		if (!handler.exceptionHandlers().isEmpty()) {
			logger.warn("%s gets batches, so that no @StreamExceptionHandler method handles its exceptions"
				.formatted(endpoint.describe()));
		}
		return this.handlerMethods.forSubscriber(endpoint).createForBatches(handler.method());
	}

	private RecordInvoker intercepted(RecordInvoker invoker, SubscriberEndpoint endpoint) {
		List<SubscriberInterceptor> all = new ArrayList<>(this.interceptors);
		endpoint.collaborators().interceptors().stream().map(this.namedInterceptors).forEach(all::add);
		return all.isEmpty() ? invoker : new InterceptedInvoker(all, invoker);
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
