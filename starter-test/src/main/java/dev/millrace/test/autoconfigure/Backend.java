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
	 * Kafka in a container, one for each application context. Needs
	 * {@code org.testcontainers:testcontainers-kafka} on the class path; where there is
	 * no Docker, the test is skipped.
	 */
	TESTCONTAINERS,

	/**
	 * Whatever {@code spring.kafka.*} says, for example a container of its own with
	 * {@code @ServiceConnection}.
	 */
	CONFIGURED

}
