package dev.millrace.broker.autoconfigure;

import java.io.File;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that starts an
 * {@link EmbeddedBroker} for the Kafka clients of the application when nothing says where
 * the real one is.
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "millrace.embedded-broker.enabled", matchIfMissing = true)
@Conditional(OnNoBootstrapServersCondition.class)
@ConditionalOnMissingBean(KafkaConnectionDetails.class)
@EnableConfigurationProperties(EmbeddedBrokerProperties.class)
public final class EmbeddedBrokerAutoConfiguration {

	@Bean
	static EmbeddedBrokerLifecycle embeddedBrokerLifecycle() {
		return new EmbeddedBrokerLifecycle();
	}

	@Bean(destroyMethod = "")
	EmbeddedBroker embeddedBroker(EmbeddedBrokerProperties properties, EmbeddedBrokerLifecycle lifecycle) {
		File dataDirectory = properties.getDataDirectory();
		return lifecycle.start(BrokerSettings.defaults()
			.withPort(properties.getPort())
			.withDataDirectory((dataDirectory != null) ? dataDirectory.toPath() : null)
			.withPartitions(properties.getPartitions())
			.withProperties(properties.getProperties()));
	}

	@Bean
	EmbeddedBrokerConnectionDetails embeddedBrokerConnectionDetails(EmbeddedBroker broker) {
		return new EmbeddedBrokerConnectionDetails(broker);
	}

}
