package dev.millrace.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Codec that reads and writes by a Kafka deserializer and serializer, such as those that
 * come with a schema registry.
 * <p>
 * By itself it is used where a subscriber or a publisher names it; {@link #forTypes} and
 * {@link #forContentTypes} have it used elsewhere.
 * <p>
 * A serializer may be called by several threads at once, as a Kafka producer does it. A
 * deserializer need not stand that, since each Kafka consumer has one of its own: there
 * are as many as decode at the same time, at most one for each processor. Headers that a
 * deserializer changes are a copy.
 */
public final class KafkaSerdeCodec implements StreamCodec, AutoCloseable {

	private final @Nullable Serializer<Object> serializer;

	private final @Nullable InstancePool<Deserializer<?>> deserializers;

	private final Class<?> writtenType;

	private final Class<?> readType;

	private final List<Class<?>> types;

	private final List<String> contentTypes;

	private KafkaSerdeCodec(@Nullable Serializer<Object> serializer,
			@Nullable InstancePool<Deserializer<?>> deserializers, Class<?> writtenType, Class<?> readType,
			List<Class<?>> types, List<String> contentTypes) {
		this.serializer = serializer;
		this.deserializers = deserializers;
		this.writtenType = writtenType;
		this.readType = readType;
		this.types = types;
		this.contentTypes = contentTypes;
	}

	/**
	 * Create a codec. One serializer and one deserializer are made at once, so that a
	 * wrong configuration shows when the application starts.
	 * @param serializer makes the serializer
	 * @param deserializer makes a deserializer, a new one each time
	 * @param config what both are configured with, the same properties as those of a
	 * Kafka client
	 * @return the codec
	 */
	public static KafkaSerdeCodec of(Supplier<? extends Serializer<?>> serializer,
			Supplier<? extends Deserializer<?>> deserializer, Map<String, ?> config) {
		return of(() -> {
			Serializer<?> configured = serializer.get();
			configured.configure(config, false);
			return configured;
		}, () -> {
			Deserializer<?> configured = deserializer.get();
			configured.configure(config, false);
			return configured;
		}, Runtime.getRuntime().availableProcessors());
	}

	static KafkaSerdeCodec of(@Nullable Supplier<? extends Serializer<?>> serializer,
			@Nullable Supplier<? extends Deserializer<?>> deserializer, int deserializers) {
		Serializer<?> writer = (serializer != null) ? serializer.get() : null;
		InstancePool<Deserializer<?>> readers = (deserializer != null) ? new InstancePool<>(deserializer, deserializers)
				: null;
		return new KafkaSerdeCodec(ofObjects(writer), readers,
				(writer != null) ? valueType(writer.getClass(), Serializer.class) : Void.class,
				(readers != null) ? valueType(readers.type(), Deserializer.class) : Void.class, List.of(), List.of());
	}

	/**
	 * Return a codec that also reads and writes all values of some types, wherever they
	 * are taken or returned.
	 * @param types the types; their subtypes are meant too
	 * @return the codec; it shares serializer and deserializers with this one
	 */
	public KafkaSerdeCodec forTypes(Class<?>... types) {
		List<Class<?>> boxed = Arrays.stream(types).<Class<?>>map(ClassUtils::resolvePrimitiveIfNecessary).toList();
		return new KafkaSerdeCodec(this.serializer, this.deserializers, this.writtenType, this.readType, boxed,
				this.contentTypes);
	}

	/**
	 * Return a codec that also reads all records of some content types, and writes where
	 * a publisher asks for them.
	 * @param contentTypes the content types; the first is the one that is written
	 * @return the codec; it shares serializer and deserializers with this one
	 */
	public KafkaSerdeCodec forContentTypes(String... contentTypes) {
		return new KafkaSerdeCodec(this.serializer, this.deserializers, this.writtenType, this.readType, this.types,
				List.of(contentTypes));
	}

	@Override
	public List<String> contentTypes() {
		return this.contentTypes;
	}

	@Override
	public boolean supports(Class<?> type) {
		return this.types.stream().anyMatch((supported) -> supported.isAssignableFrom(type));
	}

	@Override
	public @Nullable Object read(InboundRecord record, ResolvableType target) throws InterruptedException {
		if (this.deserializers == null) {
			throw new UnsupportedOperationException("No deserializer");
		}
		byte[] body = record.body();
		return (body != null) ? this.deserializers
			.use((deserializer) -> deserializer.deserialize(record.topic(), new RecordHeaders(record.headers()), body))
				: null;
	}

	@Override
	public byte @Nullable [] write(Object value, OutboundRecord record) {
		if (this.serializer == null) {
			throw new UnsupportedOperationException("No serializer");
		}
		byte[] body = this.serializer.serialize(record.topic(), record.headers(), value);
		if (record.contentType() == null && !this.contentTypes.isEmpty()) {
			record.header(ContentType.HEADER, this.contentTypes.get(0));
		}
		return body;
	}

	@Override
	public void close() {
		if (this.serializer != null) {
			this.serializer.close();
		}
		if (this.deserializers != null) {
			this.deserializers.close();
		}
	}

	int deserializers() {
		return (this.deserializers != null) ? this.deserializers.size() : 0;
	}

	boolean reads(Class<?> target) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target);
		return this.deserializers != null
				&& (this.readType.isAssignableFrom(type) || type.isAssignableFrom(this.readType));
	}

	boolean writes(Class<?> type) {
		return this.serializer != null && this.writtenType.isAssignableFrom(type);
	}

	private static Class<?> valueType(Class<?> type, Class<?> generic) {
		return ResolvableType.forClass(type).as(generic).getGeneric().resolve(Object.class);
	}

	// Kafka's clients call it with any value, too.
	@SuppressWarnings("unchecked")
	private static @Nullable Serializer<Object> ofObjects(@Nullable Serializer<?> serializer) {
		return (Serializer<Object>) serializer;
	}

}
