package dev.millrace.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Kafka's properties for a combined broker and controller, sized for development.
 */
final class BrokerConfiguration {

	static final String HOST = "localhost";

	static final String CONTROLLER_LISTENER = "CONTROLLER";

	private static final String CLIENT_LISTENER = "PLAINTEXT";

	private static final int MAX_REPLICAS = 3;

	private static final String MEBIBYTE = "1048576";

	private final Map<String, String> properties = new LinkedHashMap<>();

	private BrokerConfiguration() {
	}

	static Map<String, String> of(BrokerSettings settings, Path directory) {
		BrokerConfiguration configuration = new BrokerConfiguration();
		configuration.addNode(settings, directory);
		configuration.addReplication(settings.nodes());
		configuration.addSession(settings.nodes());
		configuration.addSizes();
		configuration.addRetention(settings.dataDirectory());
		configuration.add("num.partitions", settings.partitions());
		configuration.properties.putAll(settings.properties());
		return configuration.properties;
	}

	private void addNode(BrokerSettings settings, Path directory) {
		String voters = settings.voters();
		String self = "%d@%s:%d".formatted(settings.nodeId(), HOST, settings.controllerPort());
		String clientListener = "%s://%s:%d".formatted(CLIENT_LISTENER, HOST, settings.port());
		String controllerListener = "%s://%s:%d".formatted(CONTROLLER_LISTENER, HOST, settings.controllerPort());
		add("process.roles", "broker,controller");
		add("node.id", settings.nodeId());
		add("listeners", clientListener + "," + controllerListener);
		add("advertised.listeners", clientListener);
		add("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
		add("controller.listener.names", CONTROLLER_LISTENER);
		add("inter.broker.listener.name", CLIENT_LISTENER);
		add("controller.quorum.voters", (voters != null) ? voters : self);
		add("log.dirs", directory);
		add("server.max.startup.time.ms", 120_000);
	}

	private void addReplication(int nodes) {
		int replicas = Math.min(nodes, MAX_REPLICAS);
		// One node may fail, as soon as there are enough for that
		int inSync = Math.max(1, replicas - 1);
		add("default.replication.factor", replicas);
		add("min.insync.replicas", inSync);
		add("offsets.topic.replication.factor", replicas);
		add("transaction.state.log.replication.factor", replicas);
		add("transaction.state.log.min.isr", inSync);
		add("share.coordinator.state.topic.replication.factor", replicas);
		add("share.coordinator.state.topic.min.isr", inSync);
	}

	private void addSession(int nodes) {
		// A killed broker may come back only when its session is over; a single node has
		// nobody to take over, so nothing is lost by a short one
		add("broker.session.timeout.ms", (nodes == 1) ? 3000 : 6000);
		add("broker.heartbeat.interval.ms", (nodes == 1) ? 500 : 1000);
	}

	private void addSizes() {
		add("offsets.topic.num.partitions", 1);
		add("transaction.state.log.num.partitions", 1);
		add("share.coordinator.state.topic.num.partitions", 1);
		// A consumer of an empty group would wait 3 seconds for others
		add("group.initial.rebalance.delay.ms", 0);
		add("log.cleaner.dedupe.buffer.size", "2097152");
		add("log.cleaner.threads", 1);
		// Index files have this size from the start on systems without sparse files
		add("log.index.size.max.bytes", MEBIBYTE);
		add("num.network.threads", 2);
		add("num.io.threads", 4);
		add("background.threads", 2);
		add("num.recovery.threads.per.data.dir", 1);
	}

	private void addRetention(@Nullable Path dataDirectory) {
		if (dataDirectory == null) {
			// Records may have timestamps of the time that they are about, and those that
			// are too old would be gone half a minute after the start. In hours, so that
			// whatever unit a user chooses wins.
			add("log.retention.hours", -1);
		}
	}

	private void add(String name, Object value) {
		this.properties.put(name, value.toString());
	}

}
