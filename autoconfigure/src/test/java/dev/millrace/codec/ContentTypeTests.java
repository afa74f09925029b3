package dev.millrace.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContentType}.
 */
class ContentTypeTests {

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8",
			"APPLICATION/JSON", " application/json ;v=1", "application/vnd.order+json",
			"application/cloudevents+json; charset=utf-8", "\"application/json\"" })
	void isJson(String value) {
		assertThat(contentType(value).kind()).isEqualTo(ContentType.Kind.JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "text/plain; charset=utf-8", "text/plain;charset=UTF-8", "Text/Plain",
			"text/csv", "text/html;level=1", "\"text/plain\"", "\"text/plain;charset=UTF-8\"" })
	void isUtf8TextUnlessToldOtherwise(String value) {
		assertThat(contentType(value).kind()).isEqualTo(ContentType.Kind.TEXT);
		assertThat(contentType(value).charset()).isEqualTo(StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain; charset=iso-8859-1", "text/plain;format=flowed; CHARSET = ISO-8859-1",
			"text/plain; charset=\"latin1\"" })
	void textHasTheCharsetOfItsParameter(String value) {
		assertThat(contentType(value).kind()).isEqualTo(ContentType.Kind.TEXT);
		assertThat(contentType(value).charset()).isEqualTo(StandardCharsets.ISO_8859_1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "application/octet-stream", "application/octet-stream; x=y", "\"\"" })
	void saysNothing(String value) {
		assertThat(contentType(value).kind()).isEqualTo(ContentType.Kind.UNMARKED);
	}

	@Test
	void saysNothingWhenAbsentNullOrNotText() {
		assertThat(ContentType.of(TestRecord.of("x").build().headers()).kind()).isEqualTo(ContentType.Kind.UNMARKED);
		assertThat(contentType((byte[]) null).kind()).isEqualTo(ContentType.Kind.UNMARKED);
		assertThat(contentType(new byte[] { (byte) 0xFF, 'j' }).kind()).isEqualTo(ContentType.Kind.UNMARKED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/xml", "avro/binary", "json", "application/jsonlines", "+json/x",
			"text/plain; charset=klingon", "text/plain; charset=\"\"" })
	void isSomethingElse(String value) {
		assertThat(contentType(value).kind()).isEqualTo(ContentType.Kind.OTHER);
	}

	@Test
	void springsHeaderCountsOnlyWithoutTheUsualOne() {
		TestRecord spring = TestRecord.of("x").header("contentType", "\"application/json\"");

		assertThat(ContentType.of(spring.build().headers()).kind()).isEqualTo(ContentType.Kind.JSON);
		spring.header("content-type", "text/plain");
		assertThat(ContentType.of(spring.build().headers()).kind()).isEqualTo(ContentType.Kind.TEXT);
	}

	@Test
	void lastHeaderOfTheNameWins() {
		TestRecord record = TestRecord.json("x").header("content-type", "text/plain");

		assertThat(ContentType.of(record.build().headers()).kind()).isEqualTo(ContentType.Kind.TEXT);
	}

	@Test
	void commonValuesAndTheLatestOtherAreNotParsedAgain() {
		assertThat(contentType("application/cloudevents+json")).isSameAs(contentType("application/cloudevents+json"));
		assertThat(contentType("application/json")).isSameAs(contentType("application/json"));
		assertThat(contentType("text/plain")).isSameAs(contentType("text/plain"));
		assertThat(contentType("text/plain; charset=utf-8")).isSameAs(contentType("text/plain; charset=utf-8"));
	}

	@Test
	void descriptionIsOneShortLineWhateverTheSenderWrote() {
		String description = contentType("image/png\n2026 ERROR forged" + "x".repeat(500)).describe();

		assertThat(description).startsWith("with content type 'image/png?2026 ERROR forged").hasSizeLessThan(120);
		assertThat(contentType("").describe()).isEqualTo("without content type");
	}

	private static ContentType contentType(String value) {
		return contentType(value.getBytes(StandardCharsets.UTF_8));
	}

	private static ContentType contentType(byte @Nullable [] value) {
		return ContentType.of(TestRecord.of("x").header("content-type", value).build().headers());
	}

}
