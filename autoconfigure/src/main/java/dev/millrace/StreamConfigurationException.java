package dev.millrace;

import org.jspecify.annotations.Nullable;

/**
 * Thrown while the application starts when something that was declared can't work. Says
 * what is wrong, naming the bean and the method where there is one, and what to do;
 * Spring Boot's failure report prints both.
 */
public final class StreamConfigurationException extends StreamException {

	private final String description;

	private final String action;

	/**
	 * Create an exception from its description and its remedy.
	 * @param description what is wrong and where
	 * @param action what to do about it
	 */
	public StreamConfigurationException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Create an exception from its description, its remedy and its cause.
	 * @param description what is wrong and where
	 * @param action what to do about it
	 * @param cause why, or {@code null} when there is no deeper cause
	 */
	public StreamConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(description + " " + action, cause);
		this.description = description;
		this.action = action;
	}

	/**
	 * Return what is wrong and where.
	 * @return the description
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return what to do about it.
	 * @return the action
	 */
	public String action() {
		return this.action;
	}

}
