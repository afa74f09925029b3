package dev.millrace.codec;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.util.ClassUtils;

import dev.millrace.StreamConfigurationException;

/**
 * The value deserializer and serializer of the application's own Kafka clients, where
 * they are of a format that Millrace doesn't know by itself.
 */
public final class ClientSerdes {

	private static final Log logger = LogFactory.getLog(ClientSerdes.class);

	private static final String KAFKA = "org.apache.kafka.common.serialization.";

	private static final String SPRING = "org.springframework.kafka.support.serializer.";

	// By name: some need classes that may not be there.
	static final Set<String> TEXT_AND_BYTES = Set.of(KAFKA + "StringDeserializer", KAFKA + "ByteArrayDeserializer",
			KAFKA + "BytesDeserializer", KAFKA + "ByteBufferDeserializer", KAFKA + "VoidDeserializer",
			KAFKA + "StringSerializer", KAFKA + "ByteArraySerializer", KAFKA + "BytesSerializer",
			KAFKA + "ByteBufferSerializer", KAFKA + "VoidSerializer", SPRING + "StringOrBytesSerializer",
			SPRING + "ToStringSerializer");

	private static final Set<String> JSON = Set.of(SPRING + "JsonDeserializer", SPRING + "JacksonJsonDeserializer",
			SPRING + "JsonSerializer", SPRING + "JacksonJsonSerializer");

	private ClientSerdes() {
	}

	/**
	 * Create a codec of what the application's clients read and write by.
	 * @param consumers the application's consumers
	 * @param producers the application's producers
	 * @return the codec, or {@code null} when there is nothing that Millrace doesn't do
	 * itself
	 * @throws StreamConfigurationException when one can't be made
	 */
	public static @Nullable KafkaSerdeCodec of(ConsumerFactory<?, ?> consumers, ProducerFactory<?, ?> producers) {
		Supplier<? extends @Nullable Deserializer<?>> given = consumers::getValueDeserializer;
		Deserializer<?> first = given.get();
		Supplier<Deserializer<?>> deserializer = (first != null) ? given(first, consumers)
				: deserializer(consumers.getConfigurationProperties());
		Supplier<Serializer<?>> serializer = serializer(producers);
		if (deserializer == null && serializer == null) {
			return null;
		}
		// A factory that was given an instance hands out the same one to all.
		boolean shared = first != null && given.get() == first;
		return KafkaSerdeCodec.of(serializer, deserializer, shared ? 1 : Runtime.getRuntime().availableProcessors());
	}

	private static @Nullable Supplier<Deserializer<?>> given(Deserializer<?> first, ConsumerFactory<?, ?> consumers) {
		if (first instanceof ErrorHandlingDeserializer) {
			logger.info("What the ErrorHandlingDeserializer of " + consumers.getClass().getName()
					+ " delegates to can't be seen: subscribers read JSON, text and bytes by content type."
					+ " Set spring.deserializer.value.delegate.class instead of giving it an instance.");
			return null;
		}
		return isBuiltIn(first.getClass()) ? null : () -> Objects.requireNonNull(consumers.getValueDeserializer());
	}

	private static @Nullable Supplier<Deserializer<?>> deserializer(Map<String, Object> properties) {
		Class<?> type = type(properties, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
		if (type != null && ErrorHandlingDeserializer.class.isAssignableFrom(type)) {
			type = type(properties, ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS);
		}
		Class<?> configured = type;
		return (configured == null || isBuiltIn(configured)) ? null : () -> make(configured, (instance) -> {
			Deserializer<?> deserializer = (Deserializer<?>) instance;
			deserializer.configure(properties, false);
			return deserializer;
		});
	}

	private static @Nullable Supplier<Serializer<?>> serializer(ProducerFactory<?, ?> producers) {
		Supplier<? extends Serializer<?>> given = producers.getValueSerializerSupplier();
		Serializer<?> first = (given != null) ? given.get() : null;
		if (first != null) {
			return isBuiltIn(first.getClass()) ? null : () -> first;
		}
		Map<String, Object> properties = producers.getConfigurationProperties();
		Class<?> type = type(properties, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
		return (type == null || isBuiltIn(type)) ? null : () -> make(type, (instance) -> {
			Serializer<?> serializer = (Serializer<?>) instance;
			serializer.configure(properties, false);
			return serializer;
		});
	}

	private static boolean isBuiltIn(Class<?> type) {
		return isOneOf(TEXT_AND_BYTES, type) || isOneOf(JSON, type);
	}

	static boolean isOneOf(Set<String> names, Class<?> type) {
		for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
			if (names.contains(candidate.getName())) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Class<?> type(Map<String, Object> properties, String name) {
		Object value = properties.get(name);
		try {
			return (value instanceof String text) ? ClassUtils.forName(text.trim(), null) : (Class<?>) value;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw new StreamConfigurationException("%s is %s, which is not on the class path.".formatted(name, value),
					"Correct spring.kafka.* or add the library.", ex);
		}
	}

	private static <T> T make(Class<?> type, Function<Object, T> configuration) {
		try {
			return configuration.apply(BeanUtils.instantiateClass(type));
		}
		catch (RuntimeException ex) {
			throw new StreamConfigurationException("%s can't be made: %s".formatted(type.getName(), ex.getMessage()),
					"Correct its settings in spring.kafka.properties.*, or choose another in"
							+ " spring.kafka.consumer.value-deserializer or spring.kafka.producer.value-serializer.",
					ex);
		}
	}

}
