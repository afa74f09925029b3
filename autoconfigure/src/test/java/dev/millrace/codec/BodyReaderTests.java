package dev.millrace.codec;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BodyReader}.
 */
class BodyReaderTests {

	private static final byte[] BINARY = { (byte) 0xFF, (byte) 0xFE };

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final BodyReader reader = new BodyReader(this.mapper);

	static Stream<Arguments> jsonValues() {
		return Stream.of(Arguments.of("{\"id\":1,\"item\":\"mill\"}", Order.class, new Order(1, "mill")),
				Arguments.of("[{\"id\":1,\"item\":\"mill\"}]", new TypeReference<List<Order>>() {
				}.getType(), List.of(new Order(1, "mill"))),
				Arguments.of("{\"a\":{\"id\":1,\"item\":\"mill\"}}", new TypeReference<Map<String, Order>>() {
				}.getType(), Map.of("a", new Order(1, "mill"))),
				Arguments.of("{\"kind\":\"circle\",\"radius\":2}", Shape.class, new Circle(2)),
				Arguments.of("[{\"kind\":\"square\",\"side\":3}]", new TypeReference<List<Shape>>() {
				}.getType(), List.of(new Square(3))), Arguments.of("5", int.class, 5),
				Arguments.of("5", Long.class, 5L), Arguments.of("1.5", Double.class, 1.5),
				Arguments.of("true", boolean.class, true),
				Arguments.of("\"NEW\"", Thread.State.class, Thread.State.NEW),
				Arguments.of("\"2026-11-21\"", LocalDate.class, LocalDate.of(2026, 11, 21)),
				Arguments.of("\"2026-11-21T03:00:00Z\"", Instant.class, Instant.parse("2026-11-21T03:00:00Z")),
				Arguments.of("\"3c702fb0-b050-4b0a-997c-6f6ad694f016\"", UUID.class,
						UUID.fromString("3c702fb0-b050-4b0a-997c-6f6ad694f016")),
				Arguments.of(" {\"a\":[1,\"x\"]}", Object.class, Map.of("a", List.of(1, "x"))),
				Arguments.of("\"text\"", Object.class, "text"));
	}

	@ParameterizedTest
	@MethodSource("jsonValues")
	void readsJsonWhateverTheMarkIs(String body, Type type, Object expected) {
		for (String contentType : List.of("application/json", "application/json; charset=utf-8",
				"application/vnd.millrace+json", "", "application/octet-stream")) {
			assertThat(read(TestRecord.of(body).header("content-type", contentType), type)).isEqualTo(expected);
		}
		assertThat(read(TestRecord.of(body).header("contentType", "\"application/json\""), type)).isEqualTo(expected);
		assertThat(read(TestRecord.of(body), type)).isEqualTo(expected);
	}

	@Test
	void readsTextAsString() {
		assertThat(read(TestRecord.text("5"), String.class)).isEqualTo("5");
		assertThat(read(TestRecord.text("\"q\""), String.class)).isEqualTo("\"q\"");
		assertThat(read(TestRecord.text(""), String.class)).isEqualTo("");
		assertThat(read(TestRecord.text("{}"), Object.class)).isEqualTo("{}");
	}

	@Test
	void readsTextInItsCharset() {
		TestRecord latin = TestRecord.of(new byte[] { 'g', 'r', (byte) 0xF6 })
			.header("content-type", "text/plain; charset=iso-8859-1");

		assertThat(read(latin, String.class)).isEqualTo("grö");
	}

	@Test
	void convertsTextToScalars() {
		assertThat(read(TestRecord.text("5"), int.class)).isEqualTo(5);
		assertThat(read(TestRecord.text("2026-11-21"), LocalDate.class)).isEqualTo(LocalDate.of(2026, 11, 21));
		assertThat(read(TestRecord.text("NEW"), Thread.State.class)).isEqualTo(Thread.State.NEW);
	}

	@Test
	void textIsNoObjectEvenIfItLooksLikeJson() {
		assertRefused(TestRecord.text("{\"id\":1}"), Order.class);
		assertRefused(TestRecord.text(""), int.class);
		assertRefused(TestRecord.text("[1]"), int[].class);
	}

	@Test
	void readsJsonAsString() {
		assertThat(read(TestRecord.json("\"a\\u00f6\""), String.class)).isEqualTo("aö");
		assertThat(read(TestRecord.json(" \"a\""), String.class)).isEqualTo("a");
		assertThat(read(TestRecord.json("{\"a\": 1}"), String.class)).isEqualTo("{\"a\": 1}");
		assertThat(read(TestRecord.json("5"), String.class)).isEqualTo("5");
		assertThat(read(TestRecord.json(" null "), String.class)).isNull();
		assertRefused(TestRecord.json(""), String.class);
		assertRefused(TestRecord.json("\"a"), String.class);
	}

	@Test
	void readsUnmarkedBodiesAsTheTypeThatIsAskedFor() {
		assertThat(read(TestRecord.of("hello"), String.class)).isEqualTo("hello");
		assertThat(read(TestRecord.of("\"q\""), String.class)).isEqualTo("\"q\"");
		assertThat(read(TestRecord.of("hello"), Object.class)).isEqualTo("hello");
		assertThat(read(TestRecord.of("5 apples"), Object.class)).isEqualTo("5 apples");
		assertThat(read(TestRecord.of("none"), Object.class)).isEqualTo("none");
		assertThat(read(TestRecord.of("5"), Object.class)).isEqualTo(5);
		assertThat(read(TestRecord.of(BINARY), Object.class)).isEqualTo(BINARY);
		assertRefused(TestRecord.of("hello"), Order.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "application/json", "text/plain", "application/xml", "text/plain; charset=klingon" })
	void bytesAreNeverInterpreted(String contentType) {
		byte[] body = "\"aGk=\"".getBytes(StandardCharsets.UTF_8);

		assertThat(read(TestRecord.of(body).header("content-type", contentType), byte[].class)).isSameAs(body);
	}

	@Test
	void malformedTextIsRefusedAndNeverReplaced() {
		assertRefused(TestRecord.of(BINARY), String.class);
		assertRefused(TestRecord.of(BINARY).header("content-type", "text/plain"), String.class);
		assertRefused(TestRecord.of(BINARY).header("content-type", "text/plain"), Object.class);
		assertRefused(TestRecord.of(BINARY).header("content-type", "application/json"), String.class);
	}

	@Test
	void tombstoneIsNull() {
		assertThat(read(TestRecord.tombstone(), Order.class)).isNull();
		assertThat(read(TestRecord.tombstone(), String.class)).isNull();
		assertThat(read(TestRecord.tombstone(), byte[].class)).isNull();
		assertThat(read(TestRecord.tombstone().header("content-type", "application/xml"), int.class)).isNull();
	}

	@Test
	void emptyBodyOfNoContentTypeIsNullUnlessTextOrBytesAreAskedFor() {
		for (TestRecord empty : List.of(TestRecord.of(""), TestRecord.of("").header("content-type", ""))) {
			assertThat(read(empty, Order.class)).isNull();
			assertThat(read(empty, Object.class)).isNull();
			assertThat(read(empty, String.class)).isEqualTo("");
			assertThat(read(empty, byte[].class)).isEqualTo(new byte[0]);
		}
	}

	@Test
	void emptyJsonIsRefused() {
		assertRefused(TestRecord.json(""), Order.class);
		assertRefused(TestRecord.json(""), Object.class);
	}

	@Test
	void jsonNullIsNull() {
		assertThat(read(TestRecord.json("null"), Order.class)).isNull();
		assertRefused(TestRecord.json("null"), int.class);
	}

	@Test
	void otherContentTypesAreNamedInTheError() {
		TestRecord record = TestRecord.of("<a/>").header("content-type", "application/xml");

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(record, String.class))
			.withMessage("Can't read the body of in-topic-2@42, with content type 'application/xml', "
					+ "as java.lang.String; what reads it is a bean of type StreamCodec");
	}

	@Test
	void errorSaysWhatAndWhereButNotWhatWasInTheBody() {
		TestRecord record = TestRecord.json("{\"id\":\"secret\"}");

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(record, Order.class))
			.withMessage("Can't read the body of in-topic-2@42, with content type 'application/json', as "
					+ Order.class.getName())
			.havingCause();
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(TestRecord.of("secret"), new TypeReference<List<Integer>>() {
			}.getType()))
			.withMessage("Can't read the body of in-topic-2@42, without content type, "
					+ "as java.util.List<java.lang.Integer>");
	}

	@Test
	void exceptionOfTheValueItselfIsADecodingException() {
		assertRefused(TestRecord.json("{\"from\":2,\"to\":1}"), Range.class);
		assertRefused(TestRecord.json("{\"kind\":\"hexagon\"}"), Shape.class);
		assertRefused(TestRecord.json("[".repeat(5000)), Object.class);
	}

	@Test
	void bytesInsideJsonAreBase64() {
		String base64 = Base64.getEncoder().encodeToString(BINARY);

		assertThat(read(TestRecord.json("[\"" + base64 + "\"]"), new TypeReference<List<byte[]>>() {
		}.getType())).asInstanceOf(InstanceOfAssertFactories.LIST).containsExactly(BINARY);
	}

	@Test
	void opensOnlyWhatMayBeJson() {
		assertThat(this.reader.open(TestRecord.json("{}").build(), "an object")).isNotNull();
		assertThat(this.reader.open(TestRecord.of("{}").build(), "an object")).isNotNull();
		assertThat(this.reader.open(TestRecord.of("").build(), "an object")).isNull();
		assertThat(this.reader.open(TestRecord.tombstone().build(), "an object")).isNull();
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> this.reader.open(TestRecord.text("{}").build(), "an object"))
			.withMessage("Can't read the body of in-topic-2@42, with content type 'text/plain', as an object");
	}

	private void assertRefused(TestRecord record, Type type) {
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(record, type))
			.withMessageContaining("in-topic-2@42")
			.withMessageContaining(this.mapper.constructType(type).toCanonical());
	}

	private @Nullable Object read(TestRecord record, Type type) {
		return this.reader.read(record.build(), this.mapper.constructType(type));
	}

	record Order(int id, String item) {

	}

	record Range(int from, int to) {

		Range {
			if (from > to) {
				throw new IllegalStateException("from > to");
			}
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
			@JsonSubTypes.Type(value = Square.class, name = "square") })
	sealed interface Shape permits Circle, Square {

	}

	record Circle(int radius) implements Shape {

	}

	record Square(int side) implements Shape {

	}

}
