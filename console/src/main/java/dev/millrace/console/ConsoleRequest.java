package dev.millrace.console;

import org.jspecify.annotations.Nullable;

/**
 * Request of a page.
 */
public interface ConsoleRequest {

	/**
	 * Return a parameter.
	 * @param name the name
	 * @return the value, or {@code null} when it is missing or empty
	 */
	@Nullable String parameter(String name);

	/**
	 * Return a parameter that must be there.
	 * @param name the name
	 * @return the value
	 * @throws IllegalArgumentException when it is missing or empty
	 */
	default String required(String name) {
		String value = parameter(name);
		if (value == null) {
			throw new IllegalArgumentException("The parameter '" + name + "' is missing");
		}
		return value;
	}

	/**
	 * Read the body, which is JSON.
	 * @param type what it is read as; properties that it does not have are refused
	 * @param <T> the type
	 * @return the body
	 * @throws IllegalArgumentException when it can't be read as that
	 */
	<T> T body(Class<T> type);

	/**
	 * Return who asks.
	 * @return the name of the user, or {@code null} when nobody has signed in
	 */
	@Nullable String user();

}
