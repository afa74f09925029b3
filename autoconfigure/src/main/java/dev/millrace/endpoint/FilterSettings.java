package dev.millrace.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamRecord;

/**
 * Which records a handler takes: those that meet all conditions.
 *
 * @param contentType the media type of the body, or {@code null} for any
 * @param headers the values that headers must have, by their names; {@link #ANY_VALUE}
 * for any
 * @param expression the SpEL expression that must yield {@code true}, or {@code null}
 * @param predicate the name of the bean that must accept the record, or {@code null}
 * @param condition what must accept the record, or {@code null}
 */
public record FilterSettings(@Nullable String contentType, Map<String, String> headers, @Nullable String expression,
		@Nullable String predicate, @Nullable Predicate<StreamRecord> condition) {

	/**
	 * What stands for any value of a header.
	 */
	public static final String ANY_VALUE = "*";

	public FilterSettings {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	/**
	 * Say which records an annotated handler takes.
	 * @param contentType the media type of the body, or {@code null} for any
	 * @param headers the values that headers must have, by their names
	 * @param expression the SpEL expression that must yield {@code true}, or {@code null}
	 * @param predicate the name of the bean that must accept the record, or {@code null}
	 */
	public FilterSettings(@Nullable String contentType, Map<String, String> headers, @Nullable String expression,
			@Nullable String predicate) {
		this(contentType, headers, expression, predicate, null);
	}

	/**
	 * Describe the conditions, for people.
	 * @return the conditions
	 */
	public String describe() {
		List<String> conditions = new ArrayList<>();
		if (this.contentType != null) {
			conditions.add("content type " + this.contentType);
		}
		this.headers.forEach((name, value) -> conditions.add("header " + name + "=" + value));
		if (this.expression != null) {
			conditions.add(this.expression);
		}
		if (this.predicate != null) {
			conditions.add("bean '" + this.predicate + "'");
		}
		if (this.condition != null) {
			conditions.add("a condition in code");
		}
		return String.join(", ", conditions);
	}

}
