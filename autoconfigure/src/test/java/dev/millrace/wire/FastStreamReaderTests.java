package dev.millrace.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FastStreamReader} with what a FastStream subscriber was seen to get
 * from records that were written by hand.
 */
class FastStreamReaderTests {

	static Stream<Arguments> seen() {
		Map<String, Object> object = Map.of("a", 1);
		return Stream.of(Arguments.of(null, "{\"a\":1}", object), Arguments.of(null, "hello", bytes("hello")),
				Arguments.of(null, "5", 5), Arguments.of(null, "\"q\"", "q"), Arguments.of(null, "", bytes("")),
				Arguments.of("application/json", "{\"a\":1}", object),
				Arguments.of("application/json; charset=utf-8", "{\"a\":1}", object),
				Arguments.of("text/plain", "{\"a\":1}", "{\"a\":1}"), Arguments.of("text/plain", "5", "5"),
				Arguments.of("", "{\"a\":1}", object),
				Arguments.of("application/octet-stream", "{\"a\":1}", bytes("{\"a\":1}")));
	}

	@ParameterizedTest
	@MethodSource("seen")
	void readsAsFastStreamDoes(@Nullable String contentType, String body, Object expected) {
		RecordHeaders headers = new RecordHeaders();
		if (contentType != null) {
			headers.add("content-type", bytes(contentType));
		}

		assertThat(FastStreamReader.read(headers, bytes(body))).isEqualTo(expected);
	}

	@Test
	void bytesThatAreNoText() {
		byte[] binary = { (byte) 0xFF, (byte) 0xFE };

		assertThat(FastStreamReader.read(new RecordHeaders(), binary)).isEqualTo(binary);
		assertThat(FastStreamReader.read(new RecordHeaders(), null)).isEqualTo(new byte[0]);
	}

	@Test
	void headersOfSpringSayNothing() {
		RecordHeaders headers = new RecordHeaders();
		headers.add("contentType", bytes("application/json")).add("__TypeId__", bytes("com.example.User"));

		assertThat(FastStreamReader.read(headers, bytes("[1]"))).isEqualTo(List.of(1));
	}

	@Test
	void headersThatAreNullOrNoTextAreItsEnd() {
		for (byte[] value : new byte[][] { null, { (byte) 0xFF } }) {
			RecordHeaders headers = new RecordHeaders();
			headers.add("x", value);

			assertThatIllegalArgumentException().isThrownBy(() -> FastStreamReader.read(headers, bytes("5")));
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
