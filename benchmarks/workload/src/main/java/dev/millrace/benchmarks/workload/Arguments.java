package dev.millrace.benchmarks.workload;

import java.util.HashMap;
import java.util.Map;

/**
 * Arguments of an application, each {@code --name=value}.
 */
public final class Arguments {

	private static final String PREFIX = "--";

	private static final String CONSUMER = "spring.kafka.consumer.properties.";

	private final Map<String, String> values = new HashMap<>();

	/**
	 * Reads arguments.
	 * @param arguments the arguments of {@code main}
	 */
	public Arguments(String... arguments) {
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			if (!parts[0].startsWith(PREFIX) || parts.length < 2) {
				throw new IllegalArgumentException("Not --name=value: " + argument);
			}
			this.values.put(parts[0].substring(PREFIX.length()), parts[1]);
		}
	}

	/**
	 * Return the value of an argument.
	 * @param name the name, without dashes
	 * @return the value
	 * @throws IllegalArgumentException if there is no such argument
	 */
	public String get(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("Argument --" + name + " is missing");
		}
		return value;
	}

	/**
	 * Return the value of a numeric argument.
	 * @param name the name, without dashes
	 * @return the value
	 */
	public int getInt(String name) {
		return Integer.parseInt(get(name));
	}

	/**
	 * Return the addresses of the brokers.
	 * @return the addresses, for {@code bootstrap.servers}
	 */
	public String bootstrapServers() {
		return get("spring.kafka.bootstrap-servers");
	}

	/**
	 * Return the properties that all consumers are to have.
	 * @return the properties by their names in Kafka
	 */
	public Map<String, String> consumerProperties() {
		Map<String, String> properties = new HashMap<>();
		this.values.forEach((name, value) -> {
			if (name.startsWith(CONSUMER)) {
				properties.put(name.substring(CONSUMER.length()), value);
			}
		});
		return properties;
	}

}
