package dev.millrace.listener;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.SkipRecord;
import dev.millrace.StreamException;
import dev.millrace.UnmatchedRecordException;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.Delivery;
import dev.millrace.publisher.ReplyPublisher;

/**
 * The handlers of a subscriber. The first that takes a record gets it.
 *
 * @param <I> how they are called
 */
public final class HandlerRoutes<I> {

	private final SubscriberEndpoint endpoint;

	private final List<HandlerRoute<I>> routes;

	/**
	 * Create the routes of a subscriber.
	 * @param endpoint the subscriber
	 * @param routes its handlers, in the order in which they are asked
	 */
	public HandlerRoutes(SubscriberEndpoint endpoint, List<HandlerRoute<I>> routes) {
		this.endpoint = endpoint;
		this.routes = List.copyOf(routes);
	}

	/**
	 * Return what answers for the subscriber when none of its handlers can.
	 * @return the publisher of a handler that gives answers, or {@code null} when none
	 * does
	 */
	@Nullable ReplyPublisher answering() {
		return this.routes.stream()
			.map(HandlerRoute::publisher)
			.filter(ReplyPublisher::isAnswering)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return what a route leads to.
	 * @param route one of these routes
	 * @return its handler
	 */
	HandlerEndpoint handler(HandlerRoute<I> route) {
		return this.endpoint.handlers().get(this.routes.indexOf(route));
	}

	/**
	 * Choose the handler of a record.
	 * @param delivery the record
	 * @return the handler
	 * @throws Exception what a filter has thrown, or what is to become of a record that
	 * no handler takes
	 */
	HandlerRoute<I> select(Delivery delivery) throws Exception {
		for (HandlerRoute<I> route : this.routes) {
			if (route.filter().accepts(delivery)) {
				return route;
			}
		}
		String message = "No handler of %s takes the record".formatted(this.endpoint.describe());
		throw switch (this.endpoint.delivery().unmatched()) {
			case DEAD_LETTER -> new UnmatchedRecordException(message);
			case ERROR -> new StreamException(message);
			case SKIP -> new SkipRecord();
		};
	}

}
