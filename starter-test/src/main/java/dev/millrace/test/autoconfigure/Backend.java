package dev.millrace.test.autoconfigure;

/**
 * What a test runs on. What it says and what it sees is the same on each.
 */
public enum Backend {

	/**
	 * A broker within the test's memory.
	 */
	IN_MEMORY,

	/**
	 * The embedded broker, a real one. Needs {@code millrace-embedded-broker} on the
	 * class path.
	 */
	EMBEDDED,

	/**
	 * Whatever {@code spring.kafka.*} says, for example a container of Testcontainers
	 * with {@code @ServiceConnection}.
	 */
	CONFIGURED

}
