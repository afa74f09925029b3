package dev.millrace.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamOperations;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.ExceptionHandlerEndpoint;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.BatchInvoker;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.FilterFactory;
import dev.millrace.handler.InvokerFactory;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.ResultType;
import dev.millrace.handler.SharedResultInvoker;
import dev.millrace.listener.DryRun;
import dev.millrace.listener.HandlerRoute;
import dev.millrace.listener.HandlerRoutes;
import dev.millrace.listener.Surroundings;
import dev.millrace.publisher.PublisherInterceptors;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.ReplyPublisher;
import dev.millrace.publisher.ReplyTopics;

/**
 * Puts the handlers of subscribers together.
 */
public final class HandlerRouteFactory {

	private final InvokerFactory invokers;

	private final FilterFactory filters;

	private final BodyWriter writer;

	private final RecordScopes scopes;

	private final ReplyTopics replyTopics;

	private final Function<SubscriberEndpoint, PublisherInterceptors> interceptors;

	private final Function<SubscriberEndpoint, Surroundings> surroundings;

	/**
	 * Create a factory.
	 * @param invokers makes invokers of handlers
	 * @param filters makes their filters
	 * @param writer encodes their results
	 * @param scopes take what they publish by themselves
	 * @param replyTopics knows where answers can be put
	 * @param interceptors finds what subscribers have around their publishing
	 * @param surroundings finds what watches over them
	 */
	public HandlerRouteFactory(InvokerFactory invokers, FilterFactory filters, BodyWriter writer, RecordScopes scopes,
			ReplyTopics replyTopics, Function<SubscriberEndpoint, PublisherInterceptors> interceptors,
			Function<SubscriberEndpoint, Surroundings> surroundings) {
		this.invokers = invokers;
		this.filters = filters;
		this.writer = writer;
		this.scopes = scopes;
		this.replyTopics = replyTopics;
		this.interceptors = interceptors;
		this.surroundings = surroundings;
	}

	HandlerRoutes<RecordInvoker> create(SubscriberEndpoint endpoint) {
		return create(endpoint, (handler) -> this.invokers.create(endpoint, handler), ResultType::of);
	}

	HandlerRoutes<BatchInvoker> createForBatches(SubscriberEndpoint endpoint) {
		HandlerEndpoint handler = endpoint.handlers().get(0);
		BatchInvoker invoker = SharedResultInvoker.of(handler.method(),
				this.invokers.createForBatches(endpoint, handler));
		return new HandlerRoutes<>(endpoint,
				List.of(route(endpoint, handler, invoker, ResultType.ofBatches(handler.method()))));
	}

	DryRun createDryRun(SubscriberEndpoint endpoint) {
		boolean batches = endpoint.flow().batch() != null;
		Function<HandlerMethod, ResultType> results = batches ? ResultType::ofBatches : ResultType::of;
		return new DryRun(endpoint, deliveries(endpoint),
				create(endpoint, (handler) -> this.invokers.createCheck(endpoint, handler), results),
				create(endpoint, (handler) -> batches ? this.invokers.createForBatches(endpoint, handler).ofOne()
						: this.invokers.create(endpoint, handler), results),
				this.scopes);
	}

	Deliveries deliveries(SubscriberEndpoint endpoint) {
		return this.invokers.deliveries(endpoint);
	}

	Surroundings surroundings(SubscriberEndpoint endpoint) {
		return this.surroundings.apply(endpoint);
	}

	RecordScopes scopes() {
		return this.scopes;
	}

	private HandlerRoutes<RecordInvoker> create(SubscriberEndpoint endpoint,
			Function<HandlerEndpoint, RecordInvoker> invokers, Function<HandlerMethod, ResultType> results) {
		return new HandlerRoutes<>(endpoint, endpoint.handlers()
			.stream()
			.map((handler) -> route(endpoint, handler, invokers.apply(handler), results.apply(handler.method())))
			.toList());
	}

	private <I> HandlerRoute<I> route(SubscriberEndpoint endpoint, HandlerEndpoint handler, I invoker,
			ResultType result) {
		if (result.isVoid() && !handler.publishers().isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but returns nothing to publish.".formatted(handler.describe()),
					"Return the value to publish, or remove @StreamPublisher.");
		}
		if (endpoint.delivery().exactlyOnce() || publishes(handler)) {
			this.scopes.use();
		}
		ReplyTopics answers = (endpoint.delivery().reply() && !result.isVoid()) ? this.replyTopics : null;
		return new HandlerRoute<>(this.filters.create(handler.filter(), handler.describe()), invoker,
				new ReplyPublisher(handler, result.valueType(), this.writer, answers,
						this.interceptors.apply(endpoint)));
	}

	private static boolean publishes(HandlerEndpoint handler) {
		Stream<HandlerMethod> exceptionHandlers = handler.exceptionHandlers()
			.stream()
			.flatMap(List::stream)
			.map(ExceptionHandlerEndpoint::method);
		return Stream.concat(Stream.of(handler.method()), exceptionHandlers)
			.anyMatch((method) -> Arrays.asList(method.method().getParameterTypes()).contains(StreamOperations.class));
	}

}
