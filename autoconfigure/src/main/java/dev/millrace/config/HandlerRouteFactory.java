package dev.millrace.config;

import java.util.List;

import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.BatchInvoker;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.FilterFactory;
import dev.millrace.handler.InvokerFactory;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.ResultType;
import dev.millrace.listener.HandlerRoute;
import dev.millrace.listener.HandlerRoutes;
import dev.millrace.publisher.ReplyPublisher;

/**
 * Puts the handlers of subscribers together.
 */
public final class HandlerRouteFactory {

	private final InvokerFactory invokers;

	private final FilterFactory filters;

	private final BodyWriter writer;

	/**
	 * Create a factory.
	 * @param invokers makes invokers of handlers
	 * @param filters makes their filters
	 * @param writer encodes their results
	 */
	public HandlerRouteFactory(InvokerFactory invokers, FilterFactory filters, BodyWriter writer) {
		this.invokers = invokers;
		this.filters = filters;
		this.writer = writer;
	}

	HandlerRoutes<RecordInvoker> create(SubscriberEndpoint endpoint) {
		return new HandlerRoutes<>(endpoint, endpoint.handlers()
			.stream()
			.map((handler) -> route(handler, this.invokers.create(endpoint, handler), ResultType.of(handler.method())))
			.toList());
	}

	HandlerRoutes<BatchInvoker> createForBatches(SubscriberEndpoint endpoint) {
		HandlerEndpoint handler = endpoint.handlers().get(0);
		return new HandlerRoutes<>(endpoint, List.of(route(handler, this.invokers.createForBatches(endpoint, handler),
				ResultType.ofBatches(handler.method()))));
	}

	Deliveries deliveries(SubscriberEndpoint endpoint) {
		return this.invokers.deliveries(endpoint);
	}

	private <I> HandlerRoute<I> route(HandlerEndpoint handler, I invoker, ResultType result) {
		if (result.isVoid() && !handler.publishers().isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but returns nothing to publish.".formatted(handler.describe()),
					"Return the value to publish, or remove @StreamPublisher.");
		}
		return new HandlerRoute<>(this.filters.create(handler.filter(), handler.describe()), invoker,
				new ReplyPublisher(handler, result.valueType(), this.writer));
	}

}
