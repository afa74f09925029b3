package dev.millrace.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with the bytes and headers that FastStream puts on the wire.
 */
class FastStreamBodyTests {

	private static final String CORRELATION_ID = "3c702fb0-b050-4b0a-997c-6f6ad694f016";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final BodyReader reader = new BodyReader(this.mapper);

	@Test
	void str() {
		TestRecord record = sent("hello", "text/plain");

		assertThat(read(record, String.class)).isEqualTo("hello");
		assertThat(read(record, Object.class)).isEqualTo("hello");
	}

	@Test
	void dict() {
		TestRecord record = sent("{\"user\":\"John\",\"user_id\":1,\"none\":null}", "application/json");

		assertThat(read(record, Map.class)).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("user", "John")
			.containsEntry("user_id", 1)
			.containsEntry("none", null);
	}

	@Test
	void scalarsAndLists() {
		assertThat(read(sent("42", "application/json"), int.class)).isEqualTo(42);
		assertThat(read(sent("2.0", "application/json"), double.class)).isEqualTo(2.0);
		assertThat(read(sent("true", "application/json"), boolean.class)).isEqualTo(true);
		assertThat(read(sent("[1,\"a\"]", "application/json"), List.class)).isEqualTo(List.of(1, "a"));
	}

	@Test
	void bytesHaveAnEmptyContentType() {
		byte[] bytes = { 0, 1, (byte) 0xFF };
		TestRecord record = TestRecord.of(bytes).header("content-type", "").header("correlation_id", CORRELATION_ID);

		assertThat(read(record, byte[].class)).isEqualTo(bytes);
		assertThat(read(record, Object.class)).isEqualTo(bytes);
	}

	@Test
	void noneIsAnEmptyBody() {
		assertThat(read(sent("", ""), Map.class)).isNull();
		assertThat(read(sent("", ""), Object.class)).isNull();
	}

	@Test
	void noneWithAKeyIsATombstone() {
		TestRecord record = TestRecord.tombstone().key("k").header("content-type", "");

		assertThat(read(record, String.class)).isNull();
	}

	@Test
	void elementsOfABatchHaveNoContentTypeAtAll() {
		assertThat(read(TestRecord.of("").header("correlation_id", CORRELATION_ID), Map.class)).isNull();
		assertThat(read(TestRecord.of("raw").header("correlation_id", CORRELATION_ID), byte[].class))
			.isEqualTo("raw".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void everythingThatIsWrittenIsReadBack() {
		BodyWriter writer = new BodyWriter(this.mapper);

		for (Object value : List.of("text", "", "5", "{\"a\":1}", 42, true, Map.of("a", 1), List.of(1, 2))) {
			EncodedBody body = writer.write(value, "out");
			TestRecord record = TestRecord.of(body.bytes())
				.header(body.headers().get(0).key(), body.headers().get(0).value());

			assertThat(read(record, Object.class)).isEqualTo(value);
		}
	}

	private static TestRecord sent(String body, String contentType) {
		return TestRecord.of(body).header("content-type", contentType).header("correlation_id", CORRELATION_ID);
	}

	private @Nullable Object read(TestRecord record, Class<?> type) {
		return this.reader.read(record.build(), this.mapper.constructType(type));
	}

}
