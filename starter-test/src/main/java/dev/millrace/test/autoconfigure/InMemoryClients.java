package dev.millrace.test.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

import dev.millrace.test.broker.InMemoryBroker;
import dev.millrace.test.client.InMemoryConsumerFactory;
import dev.millrace.test.client.InMemoryKafkaAdmin;
import dev.millrace.test.client.InMemoryProducerFactory;

/**
 * Replaces what makes Kafka's clients by what makes those of a broker in memory. It does
 * so with beans and not with their definitions, so that everything that is chosen by
 * names, types and conditions is chosen as in production.
 */
final class InMemoryClients implements BeanPostProcessor {

	private final ObjectProvider<InMemoryBroker> broker;

	InMemoryClients(ObjectProvider<InMemoryBroker> broker) {
		this.broker = broker;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ConsumerFactory<?, ?> factory && !(bean instanceof InMemoryConsumerFactory)) {
			return InMemoryConsumerFactory.of(this.broker.getObject(), factory);
		}
		if (bean instanceof ProducerFactory<?, ?> factory && !(bean instanceof InMemoryProducerFactory)) {
			return InMemoryProducerFactory.of(this.broker.getObject(), factory);
		}
		if (bean instanceof KafkaAdmin admin && !(bean instanceof InMemoryKafkaAdmin)) {
			return InMemoryKafkaAdmin.of(this.broker.getObject(), admin);
		}
		return bean;
	}

}
