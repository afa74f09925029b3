package dev.millrace.test.client;

import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.ProducerPostProcessor;

import dev.millrace.test.broker.InMemoryBroker;

/**
 * Makes producers of a broker in memory.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
public final class InMemoryProducerFactory<K, V> extends DefaultKafkaProducerFactory<K, V> {

	private final InMemoryBroker broker;

	/**
	 * Create a factory.
	 * @param broker the broker
	 * @param properties the properties of its producers
	 */
	public InMemoryProducerFactory(InMemoryBroker broker, Map<String, Object> properties) {
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
	public static <K, V> InMemoryProducerFactory<K, V> of(InMemoryBroker broker, ProducerFactory<K, V> factory) {
		InMemoryProducerFactory<K, V> copy = new InMemoryProducerFactory<>(broker,
				factory.getConfigurationProperties());
		String prefix = factory.getTransactionIdPrefix();
		if (prefix != null) {
			copy.setTransactionIdPrefix(prefix);
		}
		// The other one has configured them.
		copy.setConfigureSerializers(false);
		copy.setKeySerializerSupplier(factory::getKeySerializer);
		copy.setValueSerializerSupplier(factory::getValueSerializer);
		copy.setPhysicalCloseTimeout((int) factory.getPhysicalCloseTimeout().toSeconds());
		copy.setProducerPerThread(factory.isProducerPerThread());
		factory.getPostProcessors().forEach(copy::addPostProcessor);
		factory.getListeners().forEach(copy::addListener);
		return copy;
	}

	@Override
	public ProducerFactory<K, V> copyWithConfigurationOverride(@Nullable Map<String, Object> overrideProperties) {
		return of(this.broker, super.copyWithConfigurationOverride(overrideProperties));
	}

	@Override
	protected Producer<K, V> createRawProducer(Map<String, Object> rawConfigs) {
		Producer<K, V> producer = this.broker.createProducer(rawConfigs, serializer(getKeySerializerSupplier()),
				serializer(getValueSerializerSupplier()));
		for (ProducerPostProcessor<K, V> postProcessor : getPostProcessors()) {
			producer = postProcessor.apply(producer);
		}
		return producer;
	}

	private static <T> @Nullable Serializer<T> serializer(@Nullable Supplier<@Nullable Serializer<T>> supplier) {
		return (supplier != null) ? supplier.get() : null;
	}

}
