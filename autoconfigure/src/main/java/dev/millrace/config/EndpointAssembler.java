package dev.millrace.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.CollaboratorSettings;
import dev.millrace.endpoint.ConsumerSettings;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.Documentation;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.handler.SignatureReader;

/**
 * Makes endpoints of what was declared, wherever that was, and of what the application's
 * configuration adds to it.
 */
final class EndpointAssembler {

	private final ApplicationSettings application;

	private final SignatureReader signatures;

	EndpointAssembler(ApplicationSettings application, SignatureReader signatures) {
		this.application = application;
		this.signatures = signatures;
	}

	/**
	 * Make the endpoint of a subscriber.
	 * @param id the id
	 * @param where where it was declared, for errors
	 * @param subscription what it reads
	 * @param declared the settings that were declared, the nearest first
	 * @param collaborators the beans that it names
	 * @param handlers its handlers, in the order in which they are asked
	 * @param documentation what is said about it for its readers
	 * @return the endpoint
	 */
	SubscriberEndpoint assemble(String id, String where, Subscription subscription, List<SettingsSource> declared,
			CollaboratorSettings collaborators, List<HandlerEndpoint> handlers, Documentation documentation) {
		SettingsResolver settings = new SettingsResolver(id, where, declared, this.application);
		ConsumerSettings consumer = settings.consumer();
		FlowSettings flow = settings.flow();
		DeliverySettings delivery = settings.delivery();
		BodySettings body = settings.body();
		List<HandlerEndpoint> known = handlers.stream()
			.map((handler) -> handler.withSignature(this.signatures.read(handler.method(), flow.batch() != null)))
			.toList();
		SubscriberEndpoint endpoint = new SubscriberEndpoint(id, subscription, consumer, flow, delivery, body,
				collaborators, ordered(where, known), documentation, settings.found());
		BatchRules.check(endpoint);
		return endpoint;
	}

	// The one that takes every record must not be asked before the others.
	private static List<HandlerEndpoint> ordered(String where, List<HandlerEndpoint> handlers) {
		List<HandlerEndpoint> withoutFilter = handlers.stream().filter((handler) -> handler.filter() == null).toList();
		if (withoutFilter.size() > 1) {
			throw new StreamConfigurationException(
					"%s has several handlers without a filter, so that one of them would never be called: %s and %s."
						.formatted(where, withoutFilter.get(0).describe(), withoutFilter.get(1).describe()),
					"Say which records each takes with @StreamFilter; one may be left without.");
		}
		List<HandlerEndpoint> ordered = new ArrayList<>(handlers);
		ordered.sort(Comparator.comparing((handler) -> handler.filter() == null));
		return ordered;
	}

}
