package dev.millrace.config;

/**
 * What to do about topics that are declared and do not exist when the application starts.
 */
public enum MissingTopics {

	/**
	 * Create them.
	 */
	CREATE,

	/**
	 * Refuse to start.
	 */
	FAIL,

	/**
	 * Don't look: the application starts without asking the broker.
	 */
	IGNORE

}
