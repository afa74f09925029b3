package dev.millrace.handler;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import tools.jackson.databind.JavaType;

import dev.millrace.codec.TextDecoder;

/**
 * Binds all headers. Of several with one name the last counts; a
 * {@code Map<String, String>} leaves out those that are not text.
 */
final class HeadersArgumentResolver implements ArgumentResolver {

	private static final Map<Class<?>, Function<byte[], @Nullable Object>> CONVERSIONS = Map.of(String.class,
			(bytes) -> TextDecoder.decode(bytes, StandardCharsets.UTF_8), Object.class, BytesConverter::textOrBytes,
			byte[].class, (bytes) -> bytes);

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		ValueReader reader = reader(parameter.type());
		boolean annotated = parameter.isAnnotated(org.springframework.messaging.handler.annotation.Headers.class);
		if (annotated && reader == null) {
			reader = mapReader(parameter);
		}
		return (reader != null) ? new ParameterBinder(parameter, "headers", reader) : null;
	}

	private static @Nullable ValueReader reader(JavaType type) {
		if (type.getRawClass() == Headers.class) {
			return ConsumerRecord::headers;
		}
		return (type.getRawClass() == MessageHeaders.class) ? HeadersArgumentResolver::messageHeaders : null;
	}

	private static ValueReader mapReader(HandlerParameter parameter) {
		JavaType type = parameter.type();
		boolean map = type.isMapLikeType() && type.getRawClass().isAssignableFrom(LinkedHashMap.class)
				&& type.getKeyType().getRawClass().isAssignableFrom(String.class);
		Function<byte[], @Nullable Object> conversion = (map) ? CONVERSIONS.get(type.getContentType().getRawClass())
				: null;
		if (conversion == null) {
			throw parameter.unsupported("can't hold the headers.",
					"Use Map<String, String>, Map<String, Object>, Map<String, byte[]>, MessageHeaders or Kafka's Headers.");
		}
		return (record) -> toMap(record.headers(), conversion);
	}

	private static MessageHeaders messageHeaders(ConsumerRecord<byte[], byte[]> record) {
		Map<String, Object> headers = toMap(record.headers(), BytesConverter::textOrBytes);
		RecordProperty.BY_NAME.forEach((name, property) -> {
			Object value = property.read(record);
			if (value != null) {
				headers.put(name, value);
			}
		});
		return new MessageHeaders(headers);
	}

	private static Map<String, Object> toMap(Headers headers, Function<byte[], @Nullable Object> conversion) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (Header header : headers) {
			Object value = (header.value() != null) ? conversion.apply(header.value()) : null;
			if (value != null) {
				map.put(header.key(), value);
			}
			else {
				map.remove(header.key());
			}
		}
		return map;
	}

}
