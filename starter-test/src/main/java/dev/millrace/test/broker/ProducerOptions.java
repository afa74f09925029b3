package dev.millrace.test.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.internals.ProducerInterceptors;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The settings of a producer, read and checked by Kafka's own class for them.
 */
final class ProducerOptions {

	private final ProducerConfig config;

	ProducerOptions(Map<String, Object> properties) {
		Map<String, Object> complete = new HashMap<>(properties);
		complete.putIfAbsent(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "in-memory:9092");
		complete.putIfAbsent(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		complete.putIfAbsent(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		this.config = new ProducerConfig(complete);
	}

	String clientId() {
		return this.config.getString(ProducerConfig.CLIENT_ID_CONFIG);
	}

	Optional<String> transactionalId() {
		return Optional.ofNullable(this.config.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
	}

	int maxRequestSize() {
		return this.config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
	}

	Duration maxBlock() {
		return Duration.ofMillis(this.config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG));
	}

	int batchSize() {
		return Math.max(1, this.config.getInt(ProducerConfig.BATCH_SIZE_CONFIG));
	}

	boolean ignoresKeys() {
		return this.config.getBoolean(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
	}

	CompressionType compression() {
		return CompressionType.forName(this.config.getString(ProducerConfig.COMPRESSION_TYPE_CONFIG));
	}

	Optional<Partitioner> partitioner() {
		return Optional.ofNullable(this.config.getConfiguredInstance(ProducerConfig.PARTITIONER_CLASS_CONFIG,
				Partitioner.class, Map.of(ProducerConfig.CLIENT_ID_CONFIG, clientId())));
	}

	@SuppressWarnings("unchecked")
	<K, V> ProducerInterceptors<K, V> interceptors() {
		List<ProducerInterceptor<K, V>> interceptors = (List<ProducerInterceptor<K, V>>) (List<?>) this.config
			.getConfiguredInstances(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class,
					Map.of(ProducerConfig.CLIENT_ID_CONFIG, clientId()));
		return new ProducerInterceptors<>(interceptors, new Metrics());
	}

	@SuppressWarnings("unchecked")
	<T> Serializer<T> serializer(String property) {
		Serializer<T> serializer = this.config.getConfiguredInstance(property, Serializer.class);
		serializer.configure(this.config.originals(Map.of(ProducerConfig.CLIENT_ID_CONFIG, clientId())),
				property.equals(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG));
		return serializer;
	}

}
