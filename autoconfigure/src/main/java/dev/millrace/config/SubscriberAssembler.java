package dev.millrace.config;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.handler.Deliveries;
import dev.millrace.listener.BatchProcessors;
import dev.millrace.listener.Processors;
import dev.millrace.listener.RecordProcessors;
import dev.millrace.listener.SubscriberRuntime;

/**
 * Puts together what handles the records of a subscriber, whichever container brings
 * them.
 */
public final class SubscriberAssembler {

	private final HandlerRouteFactory routes;

	private final DerivedTopics derivedTopics;

	private final LaneThreads threads;

	private final Timer timer;

	/**
	 * Create an assembler.
	 * @param routes puts handlers together
	 * @param derivedTopics knows the topics of dead letters and retries
	 * @param threads runs handlers
	 * @param timer the time
	 */
	public SubscriberAssembler(HandlerRouteFactory routes, DerivedTopics derivedTopics, LaneThreads threads,
			Timer timer) {
		this.routes = routes;
		this.derivedTopics = derivedTopics;
		this.threads = threads;
		this.timer = timer;
	}

	Processors create(SubscriberEndpoint endpoint, @Nullable SubscriberEndpoint retries) {
		SubscriberRuntime runtime = new SubscriberRuntime(endpoint, retries, selector(endpoint, retries), this.threads,
				this.timer, this.routes.surroundings(endpoint));
		Deliveries deliveries = this.routes.deliveries(endpoint);
		if (endpoint.flow().batch() != null) {
			return new BatchProcessors(runtime, deliveries, this.routes.createForBatches(endpoint), this.derivedTopics,
					this.routes.scopes(), this.threads);
		}
		return new RecordProcessors(runtime, deliveries, this.routes.create(endpoint), this.derivedTopics,
				this.routes.scopes(), this.threads);
	}

	// A record that waits in a topic must not wait for another one that is due later.
	private static LaneSelector selector(SubscriberEndpoint endpoint, @Nullable SubscriberEndpoint retries) {
		LaneSelector ordered = LaneSelector.of(endpoint.flow().ordering());
		return (retries != null) ? ordered.butNoOrderIn(endpoint.delivery().retry().topic()) : ordered;
	}

}
