package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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

	/** Address of all topics that fit an expression. */
	private static final String PATTERN = "{topic}";

	private static final Pattern EXPRESSION = Pattern.compile("Matches the regular expression `(.*)`\\.");

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
		return new Address(PATTERN, null, parameters);
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

	private static @Nullable String expression(JsonNode parameter) {
		Matcher matcher = EXPRESSION.matcher(parameter.path("description").asString(""));
		return matcher.matches() ? matcher.group(1) : null;
	}

	/**
	 * Return what topics an address stands for.
	 * @param text the address
	 * @param parameters its parameters
	 * @return the expression of a pattern, else the address
	 */
	static String topics(String text, JsonNode parameters) {
		String expression = expression(parameters.path("topic"));
		return (expression != null && text.equals(PATTERN)) ? expression : text;
	}

	/**
	 * Return the schema of what may stand in the braces of an address.
	 * @param parameters the parameters of the address
	 * @return the schema of an object that has them
	 */
	static ObjectNode schema(JsonNode parameters) {
		ObjectNode schema = Json.object().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		parameters.properties().forEach((parameter) -> {
			ObjectNode property = properties.putObject(parameter.getKey());
			String expression = expression(parameter.getValue());
			if (expression != null) {
				property.put("pattern", expression);
			}
			else if (parameter.getValue().has("enum")) {
				property.set("enum", parameter.getValue().get("enum"));
			}
		});
		return schema;
	}

	// The expression of a pattern is part of it: several patterns have one address.
	String key() {
		return this.text + this.parameters;
	}

	String name() {
		String topics = topics(this.text, this.parameters);
		return topics.equals(this.text) ? this.text.replaceAll("[{}]", "") : "pattern-" + topics;
	}

}
