package dev.millrace.asyncapi;

import java.util.HashSet;
import java.util.Set;

/**
 * Keys of one section of the document, each of which is there once.
 */
final class Identifiers {

	private final Set<String> taken = new HashSet<>();

	/**
	 * Make a text what may be a key, and a part of a reference as it is.
	 * @param text the text
	 * @return the key
	 */
	static String of(String text) {
		String key = text.replaceAll("[^a-zA-Z0-9._-]+", "-").replaceAll("^-+|-+$", "");
		return key.isEmpty() ? "unnamed" : key;
	}

	/**
	 * Take a key.
	 * @param text what it is made of
	 * @return the key, with a number where another has it already
	 */
	String take(String text) {
		String key = of(text);
		String candidate = key;
		for (int i = 2; !this.taken.add(candidate); i++) {
			candidate = key + "-" + i;
		}
		return candidate;
	}

}
