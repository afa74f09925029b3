package dev.millrace.broker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Default log levels for the server side of Kafka, which writes hundreds of lines at
 * level INFO when it starts. Any {@code logging.level.*} property of the application for
 * the same logger wins; the clients keep their levels, but do not print their
 * configuration.
 */
final class BrokerLoggingEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String PREFIX = "logging.level.";

	// The three common ones print the configuration and the version of servers and
	// clients
	private static final List<String> LOGGERS = List.of("kafka", "state.change.logger",
			"org.apache.kafka.common.config.AbstractConfig", "org.apache.kafka.common.metrics.Metrics",
			"org.apache.kafka.common.utils.AppInfoParser", "org.apache.kafka.controller",
			"org.apache.kafka.coordinator", "org.apache.kafka.image", "org.apache.kafka.metadata",
			"org.apache.kafka.network", "org.apache.kafka.queue", "org.apache.kafka.raft", "org.apache.kafka.server",
			"org.apache.kafka.storage");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> levels = new LinkedHashMap<>();
		LOGGERS.forEach((logger) -> levels.put(PREFIX + logger, "WARN"));
		// Warns each time it becomes active, which is no news for a single node
		levels.put(PREFIX + "org.apache.kafka.controller.QuorumController", "ERROR");
		environment.getPropertySources().addLast(new MapPropertySource("millraceEmbeddedBrokerLogging", levels));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
