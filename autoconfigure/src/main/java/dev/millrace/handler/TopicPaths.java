package dev.millrace.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.millrace.endpoint.Subscription;

/**
 * Variables of the names of topics. Safe for use by several threads.
 */
final class TopicPaths {

	/**
	 * Of subscribers without templates.
	 */
	static final TopicPaths NONE = new TopicPaths(new Subscription.Topics(List.of()));

	private final Subscription subscription;

	private final Map<String, Map<String, String>> paths = new ConcurrentHashMap<>();

	TopicPaths(Subscription subscription) {
		this.subscription = subscription;
	}

	List<String> variables() {
		return this.subscription.variables();
	}

	Map<String, String> of(String topic) {
		return variables().isEmpty() ? Map.of() : this.paths.computeIfAbsent(topic, this.subscription::path);
	}

}
