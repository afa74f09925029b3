package dev.millrace.test.client;

import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

import dev.millrace.config.CopyableConsumerFactory;
import dev.millrace.test.broker.InMemoryBroker;

/**
 * Makes consumers of a broker in memory. Post-processors are applied; listeners are not
 * called, as Spring Kafka knows those for its own class of consumers only.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
public final class InMemoryConsumerFactory<K, V> extends DefaultKafkaConsumerFactory<K, V>
		implements CopyableConsumerFactory {

	private final InMemoryBroker broker;

	/**
	 * Create a factory.
	 * @param broker the broker
	 * @param properties the properties of its consumers
	 */
	public InMemoryConsumerFactory(InMemoryBroker broker, Map<String, Object> properties) {
		super(properties);
		this.broker = broker;
	}

	/**
	 * Create a factory with the settings of another one.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param broker the broker
	 * @param factory the other one
	 * @return the factory
	 */
	public static <K, V> InMemoryConsumerFactory<K, V> of(InMemoryBroker broker, ConsumerFactory<K, V> factory) {
		InMemoryConsumerFactory<K, V> copy = new InMemoryConsumerFactory<>(broker,
				factory.getConfigurationProperties());
		// The other one has configured them.
		copy.setConfigureDeserializers(false);
		copy.setKeyDeserializerSupplier(factory::getKeyDeserializer);
		copy.setValueDeserializerSupplier(factory::getValueDeserializer);
		factory.getPostProcessors().forEach(copy::addPostProcessor);
		factory.getListeners().forEach(copy::addListener);
		return copy;
	}

	@Override
	public DefaultKafkaConsumerFactory<byte[], byte[]> copyForBytes(Map<String, Object> properties) {
		return new InMemoryConsumerFactory<>(this.broker, properties);
	}

	@Override
	protected Consumer<K, V> createRawConsumer(Map<String, Object> configProps) {
		return this.broker.createConsumer(configProps, getKeyDeserializer(), getValueDeserializer());
	}

}
