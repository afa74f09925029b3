package dev.millrace.console.topics;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.millrace.RetryMode;
import dev.millrace.console.topics.TopicUse.Kind;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * The topics that the application has to do with. No others are shown.
 */
final class KnownTopics {

	private final EndpointRegistry endpoints;

	private final PublishedTopics published;

	KnownTopics(EndpointRegistry endpoints, PublishedTopics published) {
		this.endpoints = endpoints;
		this.published = published;
	}

	/**
	 * Return the topics.
	 * @param existing the topics that exist, for subscribers with patterns
	 * @return what each is there for
	 */
	Map<String, Set<TopicUse>> among(Collection<String> existing) {
		Uses uses = new Uses(new TreeMap<>());
		for (SubscriberEndpoint endpoint : this.endpoints.all()) {
			Set<String> sources = new TreeSet<>(endpoint.subscription().topics());
			existing.stream().filter(endpoint.subscription()::reads).forEach(sources::add);
			sources.forEach((source) -> uses.add(source, Kind.READ, endpoint.id()));
			endpoint.publishers().forEach((publisher) -> uses.add(publisher.topic(), Kind.WRITTEN, endpoint.id()));
			if (endpoint.delivery().retry().mode() == RetryMode.TOPIC) {
				uses.add(endpoint.delivery().retry().topic(), Kind.RETRIES, endpoint.id());
			}
			if (endpoint.delivery().deadLetter().enabled()) {
				sources.stream()
					.map(endpoint.delivery().deadLetter()::topicFor)
					.filter(existing::contains)
					.forEach((topic) -> uses.add(topic, Kind.DEAD_LETTERS, endpoint.id()));
			}
		}
		this.published.all().forEach((topic, where) -> uses.add(topic, Kind.WRITTEN, where));
		return uses.topics();
	}

	/**
	 * Topics as they are found.
	 *
	 * @param topics what each is there for
	 */
	private record Uses(Map<String, Set<TopicUse>> topics) {

		void add(String topic, Kind kind, String by) {
			this.topics.computeIfAbsent(topic, (name) -> new LinkedHashSet<>()).add(new TopicUse(kind, by));
		}

	}

}
