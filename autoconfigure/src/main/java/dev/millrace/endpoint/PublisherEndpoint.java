package dev.millrace.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Immutable description of where a handler's result is published.
 *
 * @param topic the topic
 * @param key the SpEL expression of the key, or {@code null} to keep the incoming
 * record's
 * @param partition the SpEL expression of the partition, or {@code null} to let the
 * producer choose
 * @param headers the headers to add, in this order
 * @param body how bodies are written
 * @param interceptors the names of the beans that its records pass, beside those of its
 * subscriber, the outermost first
 * @param documentation what is said about it for its readers
 */
public record PublisherEndpoint(String topic, @Nullable String key, @Nullable String partition,
		Map<String, String> headers, BodySettings body, List<String> interceptors, Documentation documentation) {

	public PublisherEndpoint {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
		interceptors = List.copyOf(interceptors);
	}

	/**
	 * Describe a publisher about which nothing is said for its readers.
	 * @param topic the topic
	 * @param key the SpEL expression of the key, or {@code null}
	 * @param partition the SpEL expression of the partition, or {@code null}
	 * @param headers the headers to add, in this order
	 * @param body how bodies are written
	 * @param interceptors the names of the beans that its records pass
	 */
	public PublisherEndpoint(String topic, @Nullable String key, @Nullable String partition,
			Map<String, String> headers, BodySettings body, List<String> interceptors) {
		this(topic, key, partition, headers, body, interceptors, Documentation.NONE);
	}

}
