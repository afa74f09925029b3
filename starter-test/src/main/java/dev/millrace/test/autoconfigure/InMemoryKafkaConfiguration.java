package dev.millrace.test.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

import dev.millrace.test.broker.InMemoryBroker;
import dev.millrace.test.client.InMemoryConsumerFactory;
import dev.millrace.test.client.InMemoryKafkaAdmin;
import dev.millrace.test.client.InMemoryProducerFactory;

/**
 * Puts a broker in memory behind everything that Spring Boot and Millrace do with Kafka:
 * its beans take the places of those of Spring Boot, and have their settings from
 * {@code spring.kafka.*}.
 */
@Configuration(proxyBeanMethods = false)
public final class InMemoryKafkaConfiguration {

	@Bean
	InMemoryBroker inMemoryBroker() {
		return InMemoryBroker.create();
	}

	@Bean
	ConsumerFactory<?, ?> kafkaConsumerFactory(InMemoryBroker broker, KafkaProperties properties,
			ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> customizers) {
		InMemoryConsumerFactory<?, ?> factory = new InMemoryConsumerFactory<>(broker,
				properties.buildConsumerProperties());
		customizers.orderedStream().forEach((customizer) -> customizer.customize(factory));
		return factory;
	}

	@Bean
	ProducerFactory<?, ?> kafkaProducerFactory(InMemoryBroker broker, KafkaProperties properties,
			ObjectProvider<DefaultKafkaProducerFactoryCustomizer> customizers) {
		InMemoryProducerFactory<?, ?> factory = new InMemoryProducerFactory<>(broker,
				properties.buildProducerProperties());
		String prefix = properties.getProducer().getTransactionIdPrefix();
		if (prefix != null) {
			factory.setTransactionIdPrefix(prefix);
		}
		customizers.orderedStream().forEach((customizer) -> customizer.customize(factory));
		return factory;
	}

	@Bean
	KafkaAdmin kafkaAdmin(InMemoryBroker broker, KafkaProperties properties) {
		KafkaAdmin admin = new InMemoryKafkaAdmin(broker, properties.buildAdminProperties());
		admin.setAutoCreate(properties.getAdmin().isAutoCreate());
		admin.setModifyTopicConfigs(properties.getAdmin().isModifyTopicConfigs());
		return admin;
	}

}
