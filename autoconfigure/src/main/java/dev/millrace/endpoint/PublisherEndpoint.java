package dev.millrace.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
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
 */
public record PublisherEndpoint(String topic, @Nullable String key, @Nullable String partition,
		Map<String, String> headers, BodySettings body) {

	public PublisherEndpoint {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

}
