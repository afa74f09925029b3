package dev.millrace.config;

import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.DryRun;

/**
 * Puts subscribers together once more, for dry runs. Nothing is kept of them.
 */
public final class DryRuns {

	private final EndpointRegistry endpoints;

	private final HandlerRouteFactory routes;

	/**
	 * Create what makes dry runs.
	 * @param endpoints the subscribers
	 * @param routes puts handlers together
	 */
	public DryRuns(EndpointRegistry endpoints, HandlerRouteFactory routes) {
		this.endpoints = endpoints;
		this.routes = routes;
	}

	/**
	 * Make the dry run of a subscriber.
	 * @param subscriber its id
	 * @return the dry run
	 * @throws IllegalArgumentException when there is no such subscriber
	 */
	public DryRun of(String subscriber) {
		SubscriberEndpoint endpoint = this.endpoints.find(subscriber);
		if (endpoint == null) {
			throw new IllegalArgumentException("There is no subscriber '" + subscriber + "'; there are "
					+ this.endpoints.all().stream().map(SubscriberEndpoint::id).toList());
		}
		return this.routes.createDryRun(endpoint);
	}

}
