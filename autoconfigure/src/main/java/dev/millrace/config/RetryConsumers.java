package dev.millrace.config;

import java.util.Properties;

import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.ConsumerFactory;

import dev.millrace.endpoint.ConsumerSettings;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes consumers of retry topics that choose their partitions themselves.
 */
final class RetryConsumers {

	private final ConsumerFactory<byte[], byte[]> factory;

	RetryConsumers(ConsumerFactory<byte[], byte[]> factory) {
		this.factory = factory;
	}

	Consumer<byte[], byte[]> create(SubscriberEndpoint endpoint) {
		ConsumerSettings settings = RetrySubscriber.consumer(endpoint.consumer());
		Properties properties = new Properties();
		properties.putAll(ByteClients.consumerProperties(settings));
		return this.factory.createConsumer(settings.groupId(), settings.clientId(), null, properties);
	}

}
