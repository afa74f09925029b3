package dev.millrace.asyncapi;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;

/**
 * Limit that a schema sets to one side, whichever of two keywords says it.
 *
 * @param keyword the keyword of a limit that is allowed itself
 * @param value the limit
 * @param exclusive whether the limit itself is not allowed
 */
record Limit(String keyword, BigDecimal value, boolean exclusive) {

	private static final Map<String, Comparator<BigDecimal>> KEYWORDS = Map.of("minimum", Comparator.naturalOrder(),
			"minLength", Comparator.naturalOrder(), "minItems", Comparator.naturalOrder(), "maximum",
			Comparator.reverseOrder(), "maxLength", Comparator.reverseOrder(), "maxItems", Comparator.reverseOrder());

	static List<Limit> of(JsonNode schema) {
		return KEYWORDS.keySet().stream().map((keyword) -> of(schema, keyword)).filter(Objects::nonNull).toList();
	}

	static @Nullable Limit of(JsonNode schema, String keyword) {
		return Stream
			.of(of(schema, keyword, keyword), of(schema, keyword, "exclusive" + StringUtils.capitalize(keyword)))
			.filter(Objects::nonNull)
			.max(closeness(keyword))
			.orElse(null);
	}

	private static @Nullable Limit of(JsonNode schema, String keyword, String said) {
		JsonNode value = schema.path(said);
		return value.isNumber() ? new Limit(keyword, value.decimalValue(), !said.equals(keyword)) : null;
	}

	boolean allows(@Nullable Limit closer) {
		return closer != null && closeness(this.keyword).compare(closer, this) >= 0;
	}

	String text() {
		String beyond = this.keyword.startsWith("min") ? "more than " : "less than ";
		return (this.exclusive ? beyond : "") + this.value.toPlainString();
	}

	private static Comparator<Limit> closeness(String keyword) {
		return Comparator.comparing(Limit::value, Objects.requireNonNull(KEYWORDS.get(keyword)))
			.thenComparing(Limit::exclusive);
	}

}
