package dev.millrace.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BodyReader} with codecs that find another body, or fields, inside of
 * the one that they read.
 */
class InnerBodyTests {

	private static final String SHOUT = "text/shout";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Map<String, StreamCodec> codecs = new LinkedHashMap<>();

	@Test
	void bodyInsideOfTheBodyIsReadByItsOwnContentType() {
		this.codecs.put("base64", CodecReadingTests.reading(
				(record, target) -> record.read(Base64.getDecoder().decode(record.body()), "application/json", target),
				"application/base64"));
		String list = Base64.getEncoder().encodeToString("[1,2]".getBytes(StandardCharsets.UTF_8));

		assertThat(read(CodecReadingTests.marked(list, "application/base64"), new TypeReference<List<Long>>() {
		}.getType())).isEqualTo(List.of(1L, 2L));
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(CodecReadingTests.marked(list, "application/base64"), Map.class))
			.withMessage("Can't read the body of in-topic-2@42, with content type 'application/json', "
					+ "as java.util.Map<java.lang.Object,java.lang.Object>");
	}

	@Test
	void bodyInsideOfTheBodyIsNotReadByTheNamedCodecAgain() {
		this.codecs.put("inner",
				CodecReadingTests.reading((record, target) -> record.read(record.body(), null, target)));
		BodyReader reader = reader().forSubscriber("inner", null, List.of(Object.class), "X");

		assertThat(reader.read(TestRecord.of("5").build(), this.mapper.constructType(int.class))).isEqualTo(5);
	}

	@Test
	void bodyInsideOfTheBodyIsNotReadByTheCodecOfTheTypeAgain() {
		for (String name : List.of("first", "second")) {
			this.codecs.put(name, CodecReadingTests.supporting(Map.class, (record, target) -> {
				Map<?, ?> inner = (Map<?, ?>) record.read(record.body(), record.contentType(), target);
				Map<Object, Object> read = new LinkedHashMap<>(inner);
				read.put(name, inner.size());
				return read;
			}));
		}

		assertThat(read(TestRecord.json("{\"id\":5}"), Map.class)).isEqualTo(Map.of("id", 5, "second", 1, "first", 2));
		assertThat(reader().forSubscriber("second", null, List.of(Object.class), "X")
			.read(TestRecord.json("{\"id\":5}").build(), this.mapper.constructType(Map.class)))
			.isEqualTo(Map.of("id", 5, "first", 1, "second", 2));
	}

	@Test
	void contentTypeOfTheBodyInsideMayLeadToTheSameCodec() {
		this.codecs.put("base64", CodecReadingTests.reading((record, target) -> {
			byte[] decoded = Base64.getDecoder().decode(record.body());
			return record.read(decoded, (decoded[0] == '{') ? "application/json" : record.contentType(), target);
		}, "application/base64"));
		byte[] once = Base64.getEncoder().encode("{\"id\":5}".getBytes(StandardCharsets.UTF_8));

		assertThat(read(TestRecord.of(Base64.getEncoder().encode(once)).header("content-type", "application/base64"),
				Map.class))
			.isEqualTo(Map.of("id", 5));
	}

	@Test
	void fieldsAreThoseOfTheNodeThatACodecMakes() {
		this.codecs.put("node",
				CodecReadingTests.reading((record, target) -> (target.resolve() == JsonNode.class)
						? this.mapper.createObjectNode().put("a", new String(record.body(), StandardCharsets.UTF_8))
						: null, SHOUT));

		JsonParser parser = reader().open(CodecReadingTests.marked("HI", SHOUT).build(), "fields");

		assertThat(parser.readValueAsTree().toString()).isEqualTo("{\"a\":\"HI\"}");
	}

	@Test
	void fractionsOfTheFieldsAreNotRounded() {
		this.codecs.put("inner", CodecReadingTests
			.reading((record, target) -> record.read(record.body(), "application/json", target), SHOUT));
		String body = "{\"big\":12345678901234567.89,\"small\":1.10}";

		Exact exact = this.mapper.readValue(reader().open(CodecReadingTests.marked(body, SHOUT).build(), "fields"),
				Exact.class);

		assertThat(exact).isEqualTo(new Exact(new BigDecimal("12345678901234567.89"), new BigDecimal("1.10")));
	}

	@Test
	void fractionsOfUnknownTypeAreWhatTheMapperMakesOfThem() {
		this.codecs.put("inner", CodecReadingTests
			.reading((record, target) -> record.read(record.body(), "application/json", target), SHOUT));
		String body = "{\"any\":1.10,\"number\":1.10,\"node\":1.10,\"whole\":1,\"list\":[1.10]}";

		Loose loose = this.mapper.readValue(reader().open(CodecReadingTests.marked(body, SHOUT).build(), "fields"),
				Loose.class);

		assertThat(loose).isEqualTo(this.mapper.readValue(body, Loose.class));
	}

	@Test
	void fieldsOfSomethingElseAreRefused() {
		this.codecs.put("shout", new StubCodec(SHOUT));

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> reader().open(CodecReadingTests.marked("HI", SHOUT).build(), "fields"))
			.withMessageContaining("as tools.jackson.databind.JsonNode");
	}

	private @Nullable Object read(TestRecord record, Type type) {
		return reader().read(record.build(), this.mapper.constructType(type));
	}

	private BodyReader reader() {
		return new BodyReader(this.mapper, new StreamCodecs(this.codecs, null));
	}

	record Exact(BigDecimal big, BigDecimal small) {

	}

	record Loose(Object any, Number number, JsonNode node, Object whole, Object list) {

	}

}
