package dev.millrace.codec;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BodyWriter}.
 */
class BodyWriterTests {

	private static final Type SHAPES = new TypeReference<List<Shape>>() {
	}.getType();

	private final BodyWriter writer = new BodyWriter(JsonMapper.builder().build());

	@Test
	void writesTextWithoutQuotes() {
		assertWritten("größer", "text/plain", "größer");
		assertWritten(new StringBuilder("built"), "text/plain", "built");
		assertWritten("", "text/plain", "");
	}

	@Test
	void writesBytesAsTheyAre() {
		byte[] bytes = { 0, (byte) 0xFF };

		EncodedBody body = this.writer.write(bytes, "out");

		assertThat(body.bytes()).isSameAs(bytes);
		assertThat(contentType(body).value()).asString().isEqualTo("application/octet-stream");
	}

	@Test
	void writesEverythingElseAsCompactJson() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("user", "Jörg");
		fields.put("id", 1);
		fields.put("at", Instant.parse("2026-11-21T03:00:00Z"));
		fields.put("none", null);

		assertWritten(fields, "application/json",
				"{\"user\":\"Jörg\",\"id\":1,\"at\":\"2026-11-21T03:00:00Z\",\"none\":null}");
		assertWritten(42, "application/json", "42");
		assertWritten(true, "application/json", "true");
		assertWritten(List.of("a", 2), "application/json", "[\"a\",2]");
		assertWritten(new Circle(2), "application/json", "{\"kind\":\"circle\",\"radius\":2}");
		assertWritten(Thread.State.NEW, "application/json", "\"NEW\"");
	}

	@Test
	void writesCompactJsonEvenIfTheMapperIndents() {
		BodyWriter indenting = new BodyWriter(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

		assertThat(indenting.write(Map.of("a", 1), "out").bytes()).asString().isEqualTo("{\"a\":1}");
	}

	@Test
	void declaredTypeKeepsTypeIdsOfElements() {
		List<Shape> shapes = List.of(new Circle(2));

		assertThat(this.writer.write(shapes, "out").bytes()).asString().isEqualTo("[{\"radius\":2}]");
		assertThat(this.writer.forType(SHAPES).write(shapes, "out").bytes()).asString()
			.isEqualTo("[{\"kind\":\"circle\",\"radius\":2}]");
	}

	@Test
	void valueOfAnotherTypeThanTheDeclaredOneIsWrittenToo() {
		for (Type declared : List.of(SHAPES, Shape[].class, new TypeReference<Map<String, Shape>>() {
		}.getType())) {
			BodyWriter typed = this.writer.forType(declared);
			assertThat(typed.write(new Circle(2), "out").bytes()).asString()
				.isEqualTo("{\"kind\":\"circle\",\"radius\":2}");
			assertThat(typed.forPublisher(null, "application/x+json", Object.class, "X").write(1, "out").bytes())
				.asString()
				.isEqualTo("1");
		}
	}

	@Test
	void declaredTypeThatSaysNothingChangesNothing() {
		assertThat(this.writer.forType(Object.class)).isSameAs(this.writer);
		assertThat(this.writer.forType(List.class)).isSameAs(this.writer);
		assertThat(this.writer.forType(String.class)).isSameAs(this.writer);
		assertThat(this.writer.forType(Shape.class)).isSameAs(this.writer);
	}

	@Test
	void headerIsTheSameInstanceForAllBodiesOfAKind() {
		assertThat(contentType(this.writer.write(1, "out"))).isSameAs(contentType(this.writer.write(List.of(), "out")));
		assertThat(contentType(this.writer.write(1, "out")).key()).isEqualTo("content-type");
	}

	@Test
	void valueThatIsNoJsonIsAnErrorThatNamesItsType() {
		Map<String, Object> cycle = new LinkedHashMap<>();
		cycle.put("secret", cycle);

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> this.writer.write(cycle, "out"))
			.withMessage("Can't write a java.util.LinkedHashMap as JSON")
			.havingCause();
	}

	private void assertWritten(Object value, String contentType, String body) {
		EncodedBody encoded = this.writer.write(value, "out");
		assertThat(encoded.bytes()).asString().isEqualTo(body);
		assertThat(contentType(encoded).value()).asString().isEqualTo(contentType);
	}

	private static Header contentType(EncodedBody body) {
		assertThat(body.headers()).hasSize(1);
		return body.headers().get(0);
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
	sealed interface Shape permits Circle {

	}

	record Circle(int radius) implements Shape {

	}

}
