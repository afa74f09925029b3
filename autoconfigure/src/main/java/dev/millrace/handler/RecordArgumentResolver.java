package dev.millrace.handler;

import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

import dev.millrace.codec.BodyReader;

/**
 * Binds the record itself, with its key and value as the declared types.
 */
final class RecordArgumentResolver implements ArgumentResolver {

	private final BodyReader bodyReader;

	private final BytesConverter converter;

	RecordArgumentResolver(BodyReader bodyReader, BytesConverter converter) {
		this.bodyReader = bodyReader;
		this.converter = converter;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		JavaType type = parameter.type();
		return (type.getRawClass() == ConsumerRecord.class) ? new ParameterBinder(parameter, "record",
				reader(type.containedTypeOrUnknown(0), type.containedTypeOrUnknown(1))) : null;
	}

	private ValueReader reader(JavaType keyType, JavaType valueType) {
		if (isRaw(keyType) && isRaw(valueType)) {
			return (record) -> record;
		}
		Function<byte[], Object> keyConversion = (isRaw(keyType)) ? (key) -> key : this.converter.fromBytes(keyType);
		ValueReader valueReader = (isRaw(valueType)) ? ConsumerRecord::value
				: (record) -> this.bodyReader.read(record, valueType);
		return (record) -> copy(record, (record.key() != null) ? keyConversion.apply(record.key()) : null,
				valueReader.read(record));
	}

	// ConsumerRecord<?, ?> says nothing about its types: the bytes stay
	private static boolean isRaw(JavaType type) {
		return type.getRawClass() == byte[].class || type.isJavaLangObject();
	}

	private static ConsumerRecord<?, ?> copy(ConsumerRecord<byte[], byte[]> record, @Nullable Object key,
			@Nullable Object value) {
		return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.timestamp(),
				record.timestampType(), record.serializedKeySize(), record.serializedValueSize(), key, value,
				record.headers(), record.leaderEpoch(), record.deliveryCount());
	}

}
