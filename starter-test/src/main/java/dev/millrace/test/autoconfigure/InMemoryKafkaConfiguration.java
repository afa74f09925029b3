package dev.millrace.test.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.test.broker.InMemoryBroker;

/**
 * Puts a broker in memory behind everything that Spring Boot, Millrace and the
 * application do with Kafka: factories of clients and admins, whoever has made them, keep
 * their names and settings and make clients of this broker.
 */
@Configuration(proxyBeanMethods = false)
public final class InMemoryKafkaConfiguration {

	@Bean
	InMemoryBroker inMemoryBroker() {
		return InMemoryBroker.create();
	}

	@Bean
	static BeanPostProcessor inMemoryClients(ObjectProvider<InMemoryBroker> broker) {
		return new InMemoryClients(broker);
	}

	// Spring Boot's own would look for the certificates, too.
	@Bean
	@ConditionalOnMissingBean
	KafkaConnectionDetails inMemoryConnectionDetails(KafkaProperties properties) {
		return properties::getBootstrapServers;
	}

}
