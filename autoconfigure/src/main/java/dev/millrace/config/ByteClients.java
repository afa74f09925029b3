package dev.millrace.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

import dev.millrace.endpoint.ConsumerSettings;

/**
 * Derives factories of clients that deal in bytes from the application's own factories,
 * with their connection, security, listeners and post-processors. Decoding happens in the
 * lanes, so that a record that can't be decoded is a failed record and not a failed
 * consumer.
 */
public final class ByteClients {

	private ByteClients() {
	}

	/**
	 * Derive a consumer factory. Where the application says nothing, consumers begin at
	 * the earliest offset.
	 * @param factory the application's factory
	 * @return a factory of its own
	 */
	public static ConsumerFactory<byte[], byte[]> consumers(ConsumerFactory<?, ?> factory) {
		Map<String, Object> properties = new HashMap<>(factory.getConfigurationProperties());
		properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		DefaultKafkaConsumerFactory<byte[], byte[]> derived = (factory instanceof CopyableConsumerFactory copyable)
				? copyable.copyForBytes(properties) : new DefaultKafkaConsumerFactory<>(properties);
		consumersOfBytes(factory).getListeners().forEach(derived::addListener);
		consumersOfBytes(factory).getPostProcessors().forEach(derived::addPostProcessor);
		return derived;
	}

	/**
	 * Return the properties of a subscriber's consumers, without those that are not its
	 * to say.
	 * @param settings how its consumers join the cluster
	 * @return the properties
	 */
	static Map<String, String> consumerProperties(ConsumerSettings settings) {
		Map<String, String> properties = new HashMap<>(settings.properties());
		properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
		properties.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
		properties.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
		properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
		return properties;
	}

	/**
	 * Derive a producer factory. It is no bean: whoever asks destroys it.
	 * @param factory the application's factory
	 * @param closeTimeout how long its end waits for records that are not sent yet; when
	 * it comes, the offsets of those are not committed
	 * @return a factory of its own
	 */
	public static DefaultKafkaProducerFactory<byte[], byte[]> producers(ProducerFactory<?, ?> factory,
			Duration closeTimeout) {
		return producers(factory, Map.of(), closeTimeout);
	}

	/**
	 * Derive a factory of producers with transactions.
	 * @param factory the application's factory
	 * @param transactionalId what the transactional ids begin with
	 * @param closeTimeout how long its end waits for records that are not sent yet
	 * @return a factory of its own
	 */
	static DefaultKafkaProducerFactory<byte[], byte[]> transactionalProducers(ProducerFactory<?, ?> factory,
			String transactionalId, Duration closeTimeout) {
		return producers(factory, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId), closeTimeout);
	}

	private static DefaultKafkaProducerFactory<byte[], byte[]> producers(ProducerFactory<?, ?> factory,
			Map<String, Object> properties, Duration closeTimeout) {
		Map<String, Object> overrides = new HashMap<>(properties);
		overrides.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		overrides.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		DefaultKafkaProducerFactory<byte[], byte[]> derived = derive(producersOfBytes(factory), overrides);
		// Serializer instances of the application's factory would win over the overrides.
		derived.setKeySerializer(new ByteArraySerializer());
		derived.setValueSerializer(new ByteArraySerializer());
		derived.setPhysicalCloseTimeout((int) closeTimeout.toSeconds());
		return derived;
	}

	private static DefaultKafkaProducerFactory<byte[], byte[]> derive(ProducerFactory<byte[], byte[]> factory,
			Map<String, Object> overrides) {
		if (factory instanceof DefaultKafkaProducerFactory) {
			return (DefaultKafkaProducerFactory<byte[], byte[]>) factory.copyWithConfigurationOverride(overrides);
		}
		Map<String, Object> properties = new HashMap<>(factory.getConfigurationProperties());
		properties.putAll(overrides);
		return new DefaultKafkaProducerFactory<>(properties);
	}

	// Only listeners and post-processors are taken from it, which don't look at keys and
	// values.
	@SuppressWarnings("unchecked")
	private static ConsumerFactory<byte[], byte[]> consumersOfBytes(ConsumerFactory<?, ?> factory) {
		return (ConsumerFactory<byte[], byte[]>) factory;
	}

	@SuppressWarnings("unchecked")
	private static ProducerFactory<byte[], byte[]> producersOfBytes(ProducerFactory<?, ?> factory) {
		return (ProducerFactory<byte[], byte[]>) factory;
	}

}
