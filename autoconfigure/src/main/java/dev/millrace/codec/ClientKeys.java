package dev.millrace.codec;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

/**
 * The key deserializer and serializer of the application's own Kafka clients. Unlike
 * those of values they are not used, which is no error: the application may have them for
 * clients of its own.
 */
public final class ClientKeys {

	private static final Log logger = LogFactory.getLog(ClientKeys.class);

	private ClientKeys() {
	}

	/**
	 * Warn of those that read or write keys as something else than text or bytes.
	 * @param consumers the application's consumers
	 * @param producers the application's producers
	 */
	public static void report(ConsumerFactory<?, ?> consumers, ProducerFactory<?, ?> producers) {
		report("deserializer", deserializer(consumers), "consumers",
				"A handler gets the bytes of the key as @Key byte[].");
		report("serializer", serializer(producers), "producers", "A key of type byte[] is written as it is.");
	}

	private static void report(String kind, @Nullable Object type, String clients, String remedy) {
		if (type != null && !isTextOrBytes(type)) {
			logger.warn("The key %s %s of the application's %s is not used: Millrace reads and writes keys as text. %s"
				.formatted(kind, (type instanceof Class<?> known) ? known.getName() : type, clients, remedy));
		}
	}

	private static @Nullable Object deserializer(ConsumerFactory<?, ?> consumers) {
		Deserializer<?> given = consumers.getKeyDeserializer();
		Object type = (given != null) ? given.getClass()
				: consumers.getConfigurationProperties().get(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
		boolean delegating = type == ErrorHandlingDeserializer.class
				|| ErrorHandlingDeserializer.class.getName().equals(type);
		return delegating ? consumers.getConfigurationProperties().get(ErrorHandlingDeserializer.KEY_DESERIALIZER_CLASS)
				: type;
	}

	private static @Nullable Object serializer(ProducerFactory<?, ?> producers) {
		Serializer<?> given = (producers.getKeySerializerSupplier() != null)
				? producers.getKeySerializerSupplier().get() : null;
		return (given != null) ? given.getClass()
				: producers.getConfigurationProperties().get(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
	}

	// A class that is only named is not loaded: the application starts without it, too.
	private static boolean isTextOrBytes(Object type) {
		return (type instanceof Class<?> known) ? ClientSerdes.isOneOf(ClientSerdes.TEXT_AND_BYTES, known)
				: ClientSerdes.TEXT_AND_BYTES.contains(type.toString().trim());
	}

}
