package dev.millrace.handler;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;

/**
 * Names of the JSON field that a parameter takes, best first.
 */
final class FieldNames {

	private final DeserializationConfig config;

	FieldNames(DeserializationConfig config) {
		this.config = config;
	}

	static boolean isNamed(HandlerParameter parameter) {
		return parameter.name() != null || !explicitName(parameter).isEmpty();
	}

	static String explicitName(HandlerParameter parameter) {
		JsonProperty property = parameter.annotation(JsonProperty.class);
		return (property != null) ? property.value() : "";
	}

	List<String> of(HandlerParameter parameter) {
		Set<String> names = new LinkedHashSet<>();
		String explicit = explicitName(parameter);
		String name = parameter.name();
		if (!explicit.isEmpty()) {
			names.add(explicit);
		}
		else if (name != null) {
			// Producers in other languages write user_id whatever this application's
			// strategy is
			names.addAll(List.of(translate(this.config.getPropertyNamingStrategy(), name), name,
					translate(PropertyNamingStrategies.SNAKE_CASE, name)));
		}
		JsonAlias alias = parameter.annotation(JsonAlias.class);
		if (alias != null) {
			names.addAll(List.of(alias.value()));
		}
		return new ArrayList<>(names);
	}

	private String translate(@Nullable PropertyNamingStrategy strategy, String name) {
		return (strategy != null) ? strategy.nameForConstructorParameter(this.config, null, name) : name;
	}

}
