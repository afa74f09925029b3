package dev.millrace.endpoint;

import java.util.regex.Pattern;

import dev.millrace.StreamConfigurationException;

/**
 * What Kafka allows as the name of a topic.
 */
public final class TopicName {

	private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

	private TopicName() {
	}

	/**
	 * Return whether a name is legal.
	 * @param name the name
	 * @return whether a topic may have it
	 */
	public static boolean isLegal(String name) {
		return LEGAL.matcher(name).matches();
	}

	/**
	 * Refuse a name that is not legal.
	 * @param name the name
	 * @param where what names the topic, for the error
	 * @throws StreamConfigurationException when no topic may have it
	 */
	public static void check(String name, String where) {
		if (!isLegal(name)) {
			throw new StreamConfigurationException(
					"%s names the topic '%s', which is not a legal name.".formatted(where, name),
					"Use up to 249 letters, digits, dots, underscores and hyphens, and not only one or two dots."
							+ " A list in one text needs an expression: #{'${topics}'.split(',')}.");
		}
	}

}
