package dev.millrace.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Model of how FastStream 0.7.4 reads a record before anything looks at the annotations
 * of its handler: {@code str} is a {@code String}, {@code bytes} a {@code byte[]},
 * everything else is as Jackson reads JSON.
 */
final class FastStreamReader {

	private static final ObjectReader JSON = JsonMapper.shared()
		.readerFor(Object.class)
		.with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private FastStreamReader() {
	}

	/**
	 * Read a record.
	 * @param headers the headers
	 * @param value the value
	 * @return what the handler gets
	 * @throws IllegalArgumentException when FastStream fails on the record
	 */
	static @Nullable Object read(Headers headers, byte @Nullable [] value) {
		String contentType = "";
		for (Header header : headers) {
			String text = header(header);
			contentType = header.key().equals("content-type") ? text : contentType;
		}
		byte[] body = (value != null) ? value : new byte[0];
		if (contentType.equals("text/plain")) {
			return utf8(body);
		}
		if (contentType.startsWith("application/json")) {
			return json(body);
		}
		if (!contentType.isEmpty()) {
			return body;
		}
		try {
			return json(body);
		}
		catch (IllegalArgumentException ex) {
			return body;
		}
	}

	private static String header(Header header) {
		if (header.value() == null) {
			throw new IllegalArgumentException("The header '" + header.key() + "' is null");
		}
		return utf8(header.value());
	}

	private static @Nullable Object json(byte[] body) {
		utf8(body);
		try {
			return JSON.readValue(body);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static String utf8(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
