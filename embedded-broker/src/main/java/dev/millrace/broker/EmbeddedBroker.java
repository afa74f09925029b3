package dev.millrace.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real Kafka broker inside this JVM: broker and KRaft controller in one, on the loopback
 * interface, with share groups and transactions. For development and tests.
 *
 * <pre class="code">
 * try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
 *     properties.put("bootstrap.servers", broker.bootstrapServers());
 * }
 * </pre>
 *
 * Thread-safe. Its threads keep the JVM running until {@link #close()}. A fatal fault of
 * the broker is logged and never ends the JVM.
 */
public final class EmbeddedBroker implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedBroker.class);

	// The same for all, so that nodes started one by one form a cluster
	private static final String CLUSTER_ID = "TWlsbHJhY2VLYWZrYTAwMQ";

	private static final int BIND_ATTEMPTS = 5;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final KafkaRaftServer server;

	private final DataDirectory directory;

	private final int port;

	private EmbeddedBroker(KafkaRaftServer server, DataDirectory directory, int port) {
		this.server = server;
		this.directory = directory;
		this.port = port;
	}

	/**
	 * Starts a broker and waits until it serves: 1 to 5 seconds for a single node; a node
	 * of a cluster waits for a majority of its voters.
	 * @param settings the settings
	 * @return the running broker
	 * @throws BrokerStartException if the broker does not start; nothing stays open then
	 */
	public static EmbeddedBroker start(BrokerSettings settings) {
		ExitGuard.install();
		if (settings.port() != 0 && LocalPort.isTaken(settings.port())) {
			throw new BrokerStartException(BrokerStartException.Reason.PORT_IN_USE,
					"Port %d of the loopback interface is in use".formatted(settings.port()), null);
		}
		DataDirectory directory = DataDirectory.open(settings.dataDirectory());
		try {
			EmbeddedBroker broker = start(settings, directory, BIND_ATTEMPTS);
			logger.info("Embedded Kafka broker listening on {} (data in {})", broker.bootstrapServers(), directory);
			return broker;
		}
		catch (Throwable ex) {
			release(directory);
			throw ex;
		}
	}

	/**
	 * Address for {@code bootstrap.servers} of clients.
	 * @return the host and port, for example {@code localhost:9092}
	 */
	public String bootstrapServers() {
		return BrokerConfiguration.HOST + ":" + this.port;
	}

	/**
	 * Port for clients.
	 * @return the port, never 0
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Directory with the topics, which is gone after {@link #close()} if it is a
	 * temporary one.
	 * @return the absolute path
	 */
	public Path dataDirectory() {
		return this.directory.path();
	}

	/**
	 * Stops the broker and waits for it. Further calls do nothing.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			stop(this.server);
			release(this.directory);
		}
	}

	private static EmbeddedBroker start(BrokerSettings settings, DataDirectory directory, int attempts) {
		BrokerSettings bound = withPorts(settings);
		try {
			KafkaRaftServer server = startServer(bound, directory.path());
			return new EmbeddedBroker(server, directory, bound.port());
		}
		catch (Exception ex) {
			Throwable bindFailure = bindFailure(ex);
			if (bindFailure == null) {
				throw new BrokerStartException(BrokerStartException.Reason.BROKER_FAILED,
						"The broker did not start with its data in '%s': %s".formatted(directory.path(), message(ex)),
						ex);
			}
			if (bound.equals(settings) || attempts == 1) {
				throw new BrokerStartException(BrokerStartException.Reason.PORT_IN_USE, message(bindFailure), ex);
			}
			// Somebody was faster: the free port was given away before the broker bound
			// it
			return start(settings, directory, attempts - 1);
		}
	}

	private static BrokerSettings withPorts(BrokerSettings settings) {
		int port = (settings.port() != 0) ? settings.port() : LocalPort.free();
		int controllerPort = (settings.controllerPort() != 0) ? settings.controllerPort() : LocalPort.free();
		return new BrokerSettings(settings.nodeId(), port, controllerPort, settings.dataDirectory(),
				settings.partitions(), settings.voters(), settings.properties());
	}

	private static KafkaRaftServer startServer(BrokerSettings settings, Path directory) throws Exception {
		Map<String, String> properties = BrokerConfiguration.of(settings, directory);
		format(settings.nodeId(), directory.toString());
		KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
		try {
			server.startup();
			return server;
		}
		catch (Throwable ex) {
			stop(server);
			throw ex;
		}
	}

	private static void format(int nodeId, String directory) throws Exception {
		new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
			.setNodeId(nodeId)
			.setClusterId(CLUSTER_ID)
			.addDirectory(directory)
			.setMetadataLogDirectory(directory)
			.setControllerListenerName(BrokerConfiguration.CONTROLLER_LISTENER)
			.setIgnoreFormatted(true)
			.run();
	}

	private static void stop(KafkaRaftServer server) {
		try {
			server.shutdown();
			server.awaitShutdown();
		}
		catch (Throwable ex) {
			logger.warn("The embedded Kafka broker did not stop cleanly", ex);
		}
	}

	private static void release(DataDirectory directory) {
		try {
			directory.close();
		}
		catch (IOException ex) {
			logger.warn("Could not delete the temporary data directory '{}'", directory.path(), ex);
		}
	}

	// The message with the port is that of the exception around the cause
	private static @Nullable Throwable bindFailure(Throwable failure) {
		for (Throwable outer = failure; outer != null; outer = outer.getCause()) {
			if (outer.getCause() instanceof BindException) {
				return outer;
			}
		}
		return null;
	}

	private static String message(Throwable failure) {
		return (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
	}

}
