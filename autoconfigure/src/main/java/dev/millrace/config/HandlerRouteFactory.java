package dev.millrace.config;

import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.FilterFactory;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.ResultType;
import dev.millrace.listener.HandlerRoute;
import dev.millrace.listener.HandlerRoutes;
import dev.millrace.publisher.ReplyPublisher;

/**
 * Puts the handlers of subscribers together.
 */
public final class HandlerRouteFactory {

	private final HandlerMethodFactory handlerMethods;

	private final FilterFactory filters;

	private final BodyWriter writer;

	/**
	 * Create a factory.
	 * @param handlerMethods makes invokers of handlers
	 * @param filters makes their filters
	 * @param writer encodes their results
	 */
	public HandlerRouteFactory(HandlerMethodFactory handlerMethods, FilterFactory filters, BodyWriter writer) {
		this.handlerMethods = handlerMethods;
		this.filters = filters;
		this.writer = writer;
	}

	HandlerRoutes create(SubscriberEndpoint endpoint) {
		HandlerMethodFactory invokers = invokers(endpoint);
		return new HandlerRoutes(endpoint,
				endpoint.handlers().stream().map((handler) -> route(handler, invokers)).toList());
	}

	Deliveries deliveries(SubscriberEndpoint endpoint) {
		return invokers(endpoint).deliveries();
	}

	private HandlerMethodFactory invokers(SubscriberEndpoint endpoint) {
		return this.handlerMethods.forSubscriber(endpoint);
	}

	private HandlerRoute route(HandlerEndpoint handler, HandlerMethodFactory invokers) {
		ResultType result = ResultType.of(handler.method());
		if (result.isVoid() && !handler.publishers().isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but returns nothing to publish.".formatted(handler.describe()),
					"Return the value to publish, or remove @StreamPublisher.");
		}
		return new HandlerRoute(this.filters.create(handler.filter(), handler.describe()),
				invokers.create(handler.method()), new ReplyPublisher(handler, result.valueType(), this.writer));
	}

}
