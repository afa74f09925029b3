package dev.millrace.handler;

import java.time.Instant;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.ValueConstants;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Binds one header, the last of its name, or a property of the record that Spring names
 * like a header.
 */
final class HeaderArgumentResolver implements ArgumentResolver {

	private final BytesConverter converter;

	HeaderArgumentResolver(BytesConverter converter) {
		this.converter = converter;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		Header header = parameter.annotation(Header.class);
		if (header == null) {
			return null;
		}
		String name = name(parameter, header);
		ValueReader value = reader(parameter, name);
		String source = "header '" + name + "'";
		if (ValueConstants.DEFAULT_NONE.equals(header.defaultValue())) {
			return new ParameterBinder(parameter.required(header.required()), source, value);
		}
		Object defaultValue = defaultValue(parameter, header);
		return new ParameterBinder(parameter, source, (record) -> {
			Object present = value.read(record);
			return (present != null) ? present : defaultValue;
		});
	}

	private static String name(HandlerParameter parameter, Header header) {
		String given = parameter.resolve(header.name());
		String name = (StringUtils.hasText(given)) ? given : parameter.name();
		if (name == null) {
			throw parameter.unsupported("takes a header without a name.",
					"Name the header, @Header(\"...\"), or compile with '-parameters'.");
		}
		String remedy = UnavailableHeaders.REMEDIES.get(name);
		if (remedy != null) {
			throw parameter.unsupported("takes '" + name + "', which no record carries.", remedy);
		}
		return name;
	}

	private ValueReader reader(HandlerParameter parameter, String name) {
		Function<byte[], Object> fromBytes = this.converter.fromBytes(parameter.type());
		ValueReader property = RecordProperty.BY_NAME.get(name);
		if (property == null) {
			return (record) -> {
				org.apache.kafka.common.header.Header header = record.headers().lastHeader(name);
				byte[] value = (header != null) ? header.value() : null;
				return (value != null) ? fromBytes.apply(value) : null;
			};
		}
		return propertyReader(parameter, name, property, fromBytes);
	}

	private ValueReader propertyReader(HandlerParameter parameter, String name, ValueReader property,
			Function<byte[], Object> fromBytes) {
		Class<?> target = ClassUtils.resolvePrimitiveIfNecessary(parameter.type().getRawClass());
		if (target == Instant.class && name.equals(KafkaHeaders.RECEIVED_TIMESTAMP)) {
			return (record) -> Instant.ofEpochMilli(record.timestamp());
		}
		if (target == TimestampType.class && name.equals(KafkaHeaders.TIMESTAMP_TYPE)) {
			return ConsumerRecord::timestampType;
		}
		Function<String, Object> fromText = this.converter.fromText(parameter.type());
		return (record) -> {
			Object value = property.read(record);
			if (value instanceof byte[] bytes) {
				return fromBytes.apply(bytes);
			}
			return (value == null || target.isInstance(value)) ? value : fromText.apply(value.toString());
		};
	}

	private Object defaultValue(HandlerParameter parameter, Header header) {
		String text = parameter.resolve(header.defaultValue());
		try {
			return this.converter.fromText(parameter.type()).apply(text);
		}
		catch (RuntimeException ex) {
			throw parameter.unsupported("has the default '" + header.defaultValue() + "', which is not of its type.",
					"Correct the defaultValue of its @Header.");
		}
	}

}
