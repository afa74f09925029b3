package dev.millrace;

import java.util.function.Consumer;

/**
 * Takes subscribers that are declared in code.
 */
@FunctionalInterface
public interface SubscriberRegistry {

	/**
	 * Add a subscriber. What the specification leaves open is looked for where an
	 * annotated subscriber's would be, and {@code millrace.subscribers.<id>.*} wins over
	 * it.
	 * @param id the unique id
	 * @param specification says what it reads and what handles its records
	 * @throws StreamConfigurationException when it can't work
	 */
	void subscriber(String id, Consumer<SubscriberSpec> specification);

}
