package dev.millrace.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which records a handler takes: those that meet all conditions.
 *
 * @param contentType the media type of the body, or {@code null} for any
 * @param headers the values that headers must have, by their names
 * @param expression the SpEL expression that must yield {@code true}, or {@code null}
 * @param predicate the name of the bean that must accept the record, or {@code null}
 */
public record FilterSettings(@Nullable String contentType, Map<String, String> headers, @Nullable String expression,
		@Nullable String predicate) {

	public FilterSettings {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

}
