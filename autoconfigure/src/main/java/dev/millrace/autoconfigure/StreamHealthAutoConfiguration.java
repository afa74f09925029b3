package dev.millrace.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import dev.millrace.actuate.BrokerHealthIndicator;
import dev.millrace.actuate.SharedAdmin;
import dev.millrace.actuate.StreamLivenessHealthIndicator;
import dev.millrace.actuate.StreamReadinessHealthIndicator;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Auto-configuration of the health of subscribers, and of the connection.
 */
@AutoConfiguration(after = MillraceAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(SubscriberRuntimes.class)
public final class StreamHealthAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("millrace-liveness")
	@ConditionalOnMissingBean(name = "millraceLivenessHealthIndicator")
	StreamLivenessHealthIndicator millraceLivenessHealthIndicator(SubscriberRuntimes subscribers) {
		return new StreamLivenessHealthIndicator(subscribers);
	}

	@Bean
	@ConditionalOnEnabledHealthIndicator("millrace-readiness")
	@ConditionalOnMissingBean(name = "millraceReadinessHealthIndicator")
	StreamReadinessHealthIndicator millraceReadinessHealthIndicator(SubscriberRuntimes subscribers,
			KafkaListenerEndpointRegistry containers, MillraceProperties properties) {
		return new StreamReadinessHealthIndicator(subscribers, containers::getListenerContainer,
				properties.getHealth().getRebalanceGrace());
	}

	@Bean
	@ConditionalOnEnabledHealthIndicator("millrace-broker")
	@ConditionalOnMissingBean(name = "millraceBrokerHealthIndicator")
	BrokerHealthIndicator millraceBrokerHealthIndicator(SharedAdmin admin, MillraceProperties properties) {
		return new BrokerHealthIndicator(admin, properties.getHealth().getTimeout());
	}

}
