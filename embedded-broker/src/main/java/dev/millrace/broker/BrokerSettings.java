package dev.millrace.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of one {@link EmbeddedBroker}. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param nodeId the id of the broker, unique in its cluster; 1 by default
 * @param port the port for clients on the loopback interface; 0, the default, takes a
 * free one
 * @param controllerPort the port for the controllers of the other nodes; 0, the default,
 * takes a free one, which only suits a broker without {@code voters}
 * @param dataDirectory the directory that keeps topics and offsets over restarts; null,
 * the default, takes a temporary one that is deleted on close, or by a later broker if
 * the JVM ends before; until then no record is deleted for its age, where a directory of
 * your own has Kafka's seven days
 * @param partitions the number of partitions of a topic that is created without one; 1 by
 * default
 * @param voters all nodes of the cluster as {@code id@host:controllerPort}, separated by
 * commas; null, the default, makes this broker a cluster of its own
 * @param properties further broker properties in Kafka's own names, which win over
 * everything this class derives
 */
public record BrokerSettings(int nodeId, int port, int controllerPort, @Nullable Path dataDirectory, int partitions,
		@Nullable String voters, Map<String, String> properties) {

	public BrokerSettings {
		if (partitions < 1) {
			throw new IllegalArgumentException("partitions must be at least 1 but is " + partitions);
		}
		if (voters != null && controllerPort == 0) {
			throw new IllegalArgumentException("A broker with voters needs a controller port");
		}
		properties = Map.copyOf(properties);
	}

	/**
	 * Settings of a single broker on a free port with a temporary data directory.
	 * @return the default settings
	 */
	public static BrokerSettings defaults() {
		return new BrokerSettings(1, 0, 0, null, 1, null, Map.of());
	}

	public BrokerSettings withPort(int port) {
		return new BrokerSettings(this.nodeId, port, this.controllerPort, this.dataDirectory, this.partitions,
				this.voters, this.properties);
	}

	public BrokerSettings withDataDirectory(@Nullable Path dataDirectory) {
		return new BrokerSettings(this.nodeId, this.port, this.controllerPort, dataDirectory, this.partitions,
				this.voters, this.properties);
	}

	public BrokerSettings withPartitions(int partitions) {
		return new BrokerSettings(this.nodeId, this.port, this.controllerPort, this.dataDirectory, partitions,
				this.voters, this.properties);
	}

	/**
	 * Makes the broker a node of a cluster.
	 * @param nodeId the id of this node
	 * @param controllerPort the controller port of this node
	 * @param voters all nodes, this one included, as {@code id@host:controllerPort}
	 * @return the changed copy
	 */
	public BrokerSettings withNode(int nodeId, int controllerPort, String voters) {
		return new BrokerSettings(nodeId, this.port, controllerPort, this.dataDirectory, this.partitions, voters,
				this.properties);
	}

	/**
	 * Adds a broker property.
	 * @param name the name, for example {@code message.max.bytes}
	 * @param value the value
	 * @return the changed copy
	 */
	public BrokerSettings withProperty(String name, String value) {
		return withProperties(Map.of(name, value));
	}

	/**
	 * Adds broker properties.
	 * @param properties the properties to add
	 * @return the changed copy
	 */
	public BrokerSettings withProperties(Map<String, String> properties) {
		Map<String, String> merged = new LinkedHashMap<>(this.properties);
		merged.putAll(properties);
		return new BrokerSettings(this.nodeId, this.port, this.controllerPort, this.dataDirectory, this.partitions,
				this.voters, merged);
	}

	int nodes() {
		return (this.voters != null) ? this.voters.split(",").length : 1;
	}

}
