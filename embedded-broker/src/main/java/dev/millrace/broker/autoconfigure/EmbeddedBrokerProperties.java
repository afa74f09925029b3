package dev.millrace.broker.autoconfigure;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the embedded Kafka broker.
 */
@ConfigurationProperties("millrace.embedded-broker")
public class EmbeddedBrokerProperties {

	/**
	 * Whether to start an embedded Kafka broker when no bootstrap server is configured.
	 */
	private boolean enabled = true;

	/**
	 * Port of the broker on the loopback interface. If it is in use, or 0, a free port is
	 * taken.
	 */
	private int port = 9092;

	/**
	 * Directory that keeps topics and committed offsets over restarts. By default, a
	 * temporary directory that is deleted when the application stops.
	 */
	private @Nullable File dataDirectory;

	/**
	 * Number of partitions of topics that are created on first use.
	 */
	private int partitions = 1;

	/**
	 * Additional broker properties, named as in Kafka's own configuration.
	 */
	private Map<String, String> properties = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getPort() {
		return this.port;
	}

	public void setPort(int port) {
		this.port = port;
	}

	public @Nullable File getDataDirectory() {
		return this.dataDirectory;
	}

	public void setDataDirectory(@Nullable File dataDirectory) {
		// An empty value takes back what a less important source says.
		this.dataDirectory = (dataDirectory != null && !dataDirectory.getPath().isEmpty()) ? dataDirectory : null;
	}

	public int getPartitions() {
		return this.partitions;
	}

	public void setPartitions(int partitions) {
		this.partitions = partitions;
	}

	public Map<String, String> getProperties() {
		return this.properties;
	}

	public void setProperties(Map<String, String> properties) {
		this.properties = properties;
	}

}
