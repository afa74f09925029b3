package dev.millrace.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Command line of {@link EmbeddedBrokerMain}.
 *
 * @param settings the settings of the broker
 * @param stopOnEndOfInput whether the end of standard input stops the broker, which ties
 * it to the process that started it
 */
record BrokerArguments(BrokerSettings settings, boolean stopOnEndOfInput) {

	static final String USAGE = """
			Options:
			  --port=PORT              port for clients, 0 for a free one (default 9092)
			  --data-directory=PATH    keeps topics and offsets (default a temporary directory)
			  --partitions=COUNT       partitions of a new topic (default 1)
			  --node-id=ID             id in the cluster (default 1)
			  --controller-port=PORT   port for the other nodes of the cluster
			  --voters=ID@HOST:PORT,.. all nodes of the cluster with their controller ports
			  --property NAME=VALUE    further broker property; may be repeated
			  --stop-on-end-of-input   stop when standard input ends
			""";

	private static final int DEFAULT_PORT = 9092;

	private static final String PORT = "--port";

	private static final String DATA_DIRECTORY = "--data-directory";

	private static final String PARTITIONS = "--partitions";

	private static final String NODE_ID = "--node-id";

	private static final String CONTROLLER_PORT = "--controller-port";

	private static final String VOTERS = "--voters";

	private static final String PROPERTY = "--property";

	private static final String STOP_ON_END_OF_INPUT = "--stop-on-end-of-input";

	/**
	 * Reads the command line.
	 * @param arguments the arguments of the main method
	 * @return the settings
	 * @throws IllegalArgumentException if an argument is unknown or has no valid value
	 */
	static BrokerArguments parse(String... arguments) {
		BrokerSettings settings = BrokerSettings.defaults().withPort(DEFAULT_PORT);
		int nodeId = settings.nodeId();
		int controllerPort = settings.controllerPort();
		String voters = null;
		boolean stopOnEndOfInput = false;
		for (Iterator<String> remaining = List.of(arguments).iterator(); remaining.hasNext();) {
			String[] argument = remaining.next().split("=", 2);
			String name = argument[0];
			switch (name) {
				case PORT -> settings = settings.withPort(number(name, argument));
				case DATA_DIRECTORY -> settings = settings.withDataDirectory(Path.of(value(name, argument)));
				case PARTITIONS -> settings = settings.withPartitions(number(name, argument));
				case NODE_ID -> nodeId = number(name, argument);
				case CONTROLLER_PORT -> controllerPort = number(name, argument);
				case VOTERS -> voters = value(name, argument);
				case PROPERTY -> settings = withProperty(settings, argument, remaining);
				case STOP_ON_END_OF_INPUT -> stopOnEndOfInput = true;
				default -> throw new IllegalArgumentException("Unknown option '%s'".formatted(name));
			}
		}
		return new BrokerArguments(withNode(settings, nodeId, controllerPort, voters), stopOnEndOfInput);
	}

	/**
	 * Writes the command line that {@link #parse} reads.
	 * @return the arguments
	 */
	List<String> toCommandLine() {
		List<String> arguments = new ArrayList<>();
		arguments.add(PORT + "=" + this.settings.port());
		arguments.add(PARTITIONS + "=" + this.settings.partitions());
		arguments.add(NODE_ID + "=" + this.settings.nodeId());
		arguments.add(CONTROLLER_PORT + "=" + this.settings.controllerPort());
		if (this.settings.dataDirectory() != null) {
			arguments.add(DATA_DIRECTORY + "=" + this.settings.dataDirectory());
		}
		if (this.settings.voters() != null) {
			arguments.add(VOTERS + "=" + this.settings.voters());
		}
		for (Map.Entry<String, String> property : new TreeMap<>(this.settings.properties()).entrySet()) {
			arguments.add(PROPERTY);
			arguments.add(property.getKey() + "=" + property.getValue());
		}
		if (this.stopOnEndOfInput) {
			arguments.add(STOP_ON_END_OF_INPUT);
		}
		return arguments;
	}

	private static BrokerSettings withNode(BrokerSettings settings, int nodeId, int controllerPort,
			@Nullable String voters) {
		return new BrokerSettings(nodeId, settings.port(), controllerPort, settings.dataDirectory(),
				settings.partitions(), voters, settings.properties());
	}

	private static BrokerSettings withProperty(BrokerSettings settings, String[] argument, Iterator<String> remaining) {
		String text = (argument.length == 1 && remaining.hasNext()) ? remaining.next() : value(PROPERTY, argument);
		String[] property = text.split("=", 2);
		return settings.withProperty(property[0], value(PROPERTY + " " + property[0], property));
	}

	private static int number(String name, String[] argument) {
		String value = value(name, argument);
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("Option '%s' needs a number but has '%s'".formatted(name, value), ex);
		}
	}

	private static String value(String name, String[] argument) {
		if (argument.length < 2) {
			throw new IllegalArgumentException("Option '%s' needs a value".formatted(name));
		}
		return argument[1];
	}

}
