package dev.millrace.endpoint;

import java.util.Map;
import java.util.TreeMap;

import dev.millrace.StreamConfigurationException;

/**
 * Topics that an application publishes to by itself, beside those of its subscribers.
 * Safe for use by several threads.
 */
public final class PublishedTopics {

	private final Map<String, String> topics = new TreeMap<>();

	/**
	 * Add a topic.
	 * @param topic the topic
	 * @param where what publishes to it, for errors
	 * @throws StreamConfigurationException when its name is not legal
	 */
	public synchronized void add(String topic, String where) {
		TopicName.check(topic, where);
		this.topics.putIfAbsent(topic, where);
	}

	/**
	 * Return all topics.
	 * @return what publishes to each, a snapshot
	 */
	public synchronized Map<String, String> all() {
		return Map.copyOf(this.topics);
	}

}
