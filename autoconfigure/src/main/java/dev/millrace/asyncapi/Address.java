package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import dev.millrace.endpoint.NamedType;
import dev.millrace.endpoint.Subscription;
import dev.millrace.endpoint.TopicTemplate;

/**
 * Address of a channel.
 *
 * @param text the address: the topic, or a template of it
 * @param topic the topic, or {@code null} when there may be several
 * @param parameters what stands in the braces of the template
 * @see <a href=
 * "https://www.asyncapi.com/docs/reference/specification/v3.0.0#channelAddressExpressions">Channel
 * Address Expressions</a>
 */
record Address(String text, @Nullable String topic, ObjectNode parameters) {

	private static final Pattern ALTERNATIVES = Pattern.compile("[a-zA-Z0-9_-]+(\\|[a-zA-Z0-9_-]+)*");

	static Address of(String topic) {
		return new Address(topic, topic, Json.object());
	}

	static List<Address> of(Subscription subscription, List<NamedType> path) {
		if (subscription instanceof Subscription.Templates templates) {
			return templates.templates().stream().map((template) -> of(template, path)).toList();
		}
		Pattern pattern = subscription.pattern();
		return (pattern != null) ? List.of(of(pattern))
				: subscription.topics().stream().distinct().map(Address::of).toList();
	}

	// A topic of which only an expression is known is a parameter as a whole.
	private static Address of(Pattern pattern) {
		ObjectNode parameters = Json.object();
		parameters.putObject("topic").put("description", matching(pattern.pattern()));
		return new Address("{topic}", null, parameters);
	}

	private static Address of(TopicTemplate template, List<NamedType> path) {
		ObjectNode parameters = Json.object();
		Map<String, String> expressions = template.expressions();
		for (String variable : template.variables()) {
			ObjectNode parameter = parameters.putObject(variable);
			String expression = expressions.get(variable);
			if (expression != null && ALTERNATIVES.matcher(expression).matches()) {
				Arrays.stream(expression.split("\\|")).forEach(parameter.putArray("enum")::add);
			}
			else if (expression != null) {
				parameter.put("description", matching(expression));
			}
			else {
				addConstants(variable, path, parameter);
			}
		}
		return new Address(template.address(), null, parameters);
	}

	private static void addConstants(String variable, List<NamedType> path, ObjectNode parameter) {
		for (NamedType parameterType : path) {
			Type type = parameterType.type();
			if (parameterType.name().equals(variable) && type instanceof Class<?> constants && constants.isEnum()) {
				Arrays.stream(constants.getEnumConstants())
					.forEach((constant) -> parameter.withArrayProperty("enum").add(((Enum<?>) constant).name()));
				return;
			}
		}
		parameter.put("description", "Any text without a dot.");
	}

	private static String matching(String expression) {
		return "Matches the regular expression `" + expression + "`.";
	}

	// The expression of a pattern is part of it: several patterns have one address.
	String key() {
		return this.text + this.parameters;
	}

	String name() {
		return (this.topic == null && this.text.equals("{topic}")) ? "pattern-"
				+ this.parameters.path("topic").path("description").asString().replaceAll("[^`]*`([^`]*)`.*", "$1")
				: this.text.replaceAll("[{}]", "");
	}

}
