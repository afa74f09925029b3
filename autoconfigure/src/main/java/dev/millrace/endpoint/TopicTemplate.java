package dev.millrace.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Template of topic names: {@code logs.{level}}. A variable stands for one or more
 * characters that are no dots, or for what its regular expression says:
 * {@code logs.{level:info|warn}}. Everything else stands for itself, and the whole name
 * has to fit.
 *
 * @param text the template as it was written
 * @param pattern the pattern of the names
 * @param variables the names of the variables, in their order
 */
public record TopicTemplate(String text, Pattern pattern, List<String> variables) {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(?::((?:[^{}]|\\{[^{}]*})+))?}");

	private static final String SEGMENT = "[^.]+";

	public TopicTemplate {
		variables = List.copyOf(variables);
	}

	/**
	 * Tell whether a text has variables.
	 * @param text the text
	 * @return whether it is a template and not a name
	 */
	public static boolean isTemplate(String text) {
		return text.indexOf('{') >= 0;
	}

	/**
	 * Parse a template.
	 * @param text the template
	 * @return the template
	 * @throws IllegalArgumentException when it is none; the message says why
	 */
	public static TopicTemplate parse(String text) {
		StringBuilder pattern = new StringBuilder();
		List<String> variables = new ArrayList<>();
		Matcher matcher = VARIABLE.matcher(text);
		int end = 0;
		while (matcher.find()) {
			pattern.append(literal(text.substring(end, matcher.start())));
			String name = matcher.group(1);
			if (variables.contains(name)) {
				throw new IllegalArgumentException("the variable '" + name + "' is there twice");
			}
			variables.add(name);
			pattern.append("(?<")
				.append(group(variables.size() - 1))
				.append('>')
				.append(expression(matcher))
				.append(')');
			end = matcher.end();
		}
		pattern.append(literal(text.substring(end)));
		return new TopicTemplate(text, Pattern.compile(pattern.toString()), variables);
	}

	/**
	 * Return the template without what it says about its variables.
	 * @return the text with the names of the variables in braces
	 */
	public String address() {
		return VARIABLE.matcher(this.text).replaceAll("{$1}");
	}

	/**
	 * Return what the template says about its variables.
	 * @return the regular expressions by the names of those variables that have one
	 */
	public Map<String, String> expressions() {
		Map<String, String> expressions = new LinkedHashMap<>();
		Matcher matcher = VARIABLE.matcher(this.text);
		while (matcher.find()) {
			if (matcher.group(2) != null) {
				expressions.put(matcher.group(1), matcher.group(2));
			}
		}
		return expressions;
	}

	/**
	 * Read the variables of a topic's name.
	 * @param topic the name of the topic
	 * @return the values by the names of the variables, or {@code null} when the name
	 * does not fit
	 */
	public @Nullable Map<String, String> match(String topic) {
		Matcher matcher = this.pattern.matcher(topic);
		if (!matcher.matches()) {
			return null;
		}
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < this.variables.size(); i++) {
			values.put(this.variables.get(i), matcher.group(group(i)));
		}
		return Collections.unmodifiableMap(values);
	}

	// A name may stand for one group only, so that the union has none.
	static Pattern anyOf(List<TopicTemplate> templates) {
		return Pattern.compile(templates.stream()
			.map((template) -> template.pattern.pattern().replaceAll("\\(\\?<v\\d+>", "("))
			.collect(Collectors.joining("|")));
	}

	private static String expression(Matcher variable) {
		return (variable.group(2) != null) ? variable.group(2) : SEGMENT;
	}

	private static String literal(String text) {
		if (!text.matches("[a-zA-Z0-9._-]*")) {
			throw new IllegalArgumentException("'" + text + "' can be in no topic's name");
		}
		return text.isEmpty() ? "" : Pattern.quote(text);
	}

	// Names of groups allow less than names of parameters.
	private static String group(int index) {
		return "v" + index;
	}

}
