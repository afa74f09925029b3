package dev.millrace.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.LongSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BodyWriter} with codecs and content types.
 */
class CodecWritingTests {

	private static final String SHOUT = "text/shout";

	private final Map<String, StreamCodec> codecs = new LinkedHashMap<>();

	@Test
	void codecThatSupportsTheTypeWritesIt() {
		this.codecs.put("shout", new CodecReadingTests.SupportingCodec());

		assertWritten(writer(null, null).write(new StubCodec.Shout("a", null), "out"),
				"SHOUT[TEXT=A, CONTENTTYPE=NULL]", "to=out");
		assertWritten(writer(null, null).write("a", "out"), "a", "content-type=text/plain");
		assertWritten(writer(null, null).write(List.of("a"), "out"), "[\"a\"]", "content-type=application/json");
	}

	@Test
	void codecOfTheContentTypeThatIsAskedForWritesEverything() {
		this.codecs.put("shout", new StubCodec(SHOUT));
		BodyWriter writer = writer(null, "text/shout; v=1");

		assertWritten(writer.write("a", "out"), "A", "to=out", "content-type=text/shout; v=1");
		assertWritten(writer.write(List.of("a"), "other"), "[A]", "to=other", "content-type=text/shout; v=1");
	}

	@Test
	void namedCodecWritesEverything() {
		this.codecs.put("shout", new StubCodec());

		assertWritten(writer("shout", null).write("a", "out"), "A", "to=out");
		assertWritten(writer("shout", "x/y").write(1, "out"), "1", "to=out", "content-type=x/y");
	}

	@Test
	void contentTypeOfTheCodecIsLeftAlone() {
		this.codecs.put("own", new StubCodec() {

			@Override
			public byte[] write(Object value, OutboundRecord record) {
				record.header("content-type", "own/type");
				return null;
			}

		});

		EncodedBody body = writer("own", "x/y").write("a", "out");

		assertThat(body.bytes()).isNull();
		assertThat(headers(body)).containsExactly("content-type=own/type");
	}

	@Test
	void textAndBytesAreTakenToBeWhatIsAskedFor() {
		assertWritten(writer(null, "application/xml").write("<a/>", "out"), "<a/>", "content-type=application/xml");
		assertWritten(writer(null, "application/xml").write("<a/>".getBytes(StandardCharsets.UTF_8), "out"), "<a/>",
				"content-type=application/xml");
		assertWritten(writer(null, "application/json").write("{}", "out"), "{}", "content-type=application/json");
		assertThat(writer(null, "text/plain; charset=iso-8859-1").write("gr\u00f6", "out").bytes())
			.isEqualTo(new byte[] { 'g', 'r', (byte) 0xF6 });
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/vnd.order+json; v=2" })
	void everythingElseIsWrittenAsTheJsonThatIsAskedFor(String contentType) {
		assertWritten(writer(null, contentType).write(Map.of("a", 1), "out"), "{\"a\":1}",
				"content-type=" + contentType);
	}

	@Test
	void valueThatIsNeverTextIsRefusedWhereNoJsonIsAskedFor() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> new BodyWriter(JsonMapper.shared()).forPublisher(null, "application/xml", Integer.class,
					"Publisher 'out'"))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("Publisher 'out' asks for the content type 'application/xml', "
						+ "as which nothing can write java.lang.Integer.");
				assertThat(ex.action()).contains("dev.millrace.codec.StreamCodec");
			});
		assertThatExceptionOfType(StreamException.class)
			.isThrownBy(() -> writer(null, "application/xml").write(1, "out"))
			.withMessage("Can't write a java.lang.Integer as application/xml");
	}

	@Test
	void valueOfACodecsTypeMayBeOfAnyContentType() {
		this.codecs.put("shout", new CodecReadingTests.SupportingCodec());
		BodyWriter writer = new BodyWriter(JsonMapper.shared(), new StreamCodecs(this.codecs, null)).forPublisher(null,
				"application/x-shout", StubCodec.Shout.class, "Publisher 'out'");

		assertWritten(writer.write(new StubCodec.Shout("a", null), "out"), "SHOUT[TEXT=A, CONTENTTYPE=NULL]", "to=out",
				"content-type=application/x-shout");
	}

	@Test
	void textThatTheCharsetDoesNotHaveIsRefused() {
		assertThatExceptionOfType(StreamException.class)
			.isThrownBy(() -> writer(null, "text/plain; charset=iso-8859-1").write("5 \u20ac", "out"))
			.withMessage("Can't write a java.lang.String as text/plain; charset=iso-8859-1");
		assertThat(writer(null, "text/plain; charset=utf-16be").write("\u20ac", "out").bytes())
			.isEqualTo(new byte[] { 0x20, (byte) 0xAC });
		assertWritten(writer(null, "text/plain; charset=utf-8").write("5 \u20ac", "out"), "5 \u20ac",
				"content-type=text/plain; charset=utf-8");
		assertThat(writer(null, "text/x-order+json").write(List.of("5"), "out").bytes()).asString()
			.isEqualTo("[\"5\"]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "utf8x", "no charset", "x-JISAutoDetect" })
	void charsetThatCantBeWrittenIsRefusedForWhatMayBeText(String charset) {
		String contentType = "text/plain; charset=" + charset;

		for (Class<?> type : List.of(String.class, Object.class)) {
			assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(
					() -> new BodyWriter(JsonMapper.shared()).forPublisher(null, contentType, type, "Publisher 'out'"))
				.satisfies((ex) -> {
					assertThat(ex.description()).isEqualTo("Publisher 'out' asks for the content type '" + contentType
							+ "', whose charset can't be written.");
					assertThat(ex.action()).isEqualTo("Correct the charset, or publish bytes.");
				});
		}
	}

	@Test
	void bytesAreOfWhateverCharsetIsAskedFor() {
		BodyWriter writer = new BodyWriter(JsonMapper.shared()).forPublisher(null, "text/plain; charset=utf8x",
				byte[].class, "X");

		assertWritten(writer.write(new byte[] { 'a' }, "out"), "a", "content-type=text/plain; charset=utf8x");
		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> writer.write("a", "out"))
			.withMessage("Can't write a java.lang.String as text/plain; charset=utf8x");
	}

	@Test
	void charsetIsNoMatterForACodec() {
		this.codecs.put("shout", new StubCodec(SHOUT));

		assertWritten(writer(null, "text/shout; charset=utf8x").write("a", "out"), "A", "to=out",
				"content-type=text/shout; charset=utf8x");
	}

	@Test
	void codecThatDoesNotExist() {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> writer("what", null))
			.satisfies((ex) -> assertThat(ex.action())
				.isEqualTo("Declare a bean of type dev.millrace.codec.StreamCodec with that name."));
	}

	@Test
	void codecThatOnlyReads() {
		this.codecs.put("reading", (record, target) -> null);

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> writer("reading", null).write("a", "out"))
			.withMessageStartingWith("Can't write a java.lang.String to out by ")
			.havingCause()
			.isInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void serializerOfTheApplicationWritesItsTypeUnlessAContentTypeIsAskedFor() {
		StreamCodecs serde = new StreamCodecs(Map.of(), KafkaSerdeCodec.of(LongSerializer::new, null, 1));
		BodyWriter writer = new BodyWriter(JsonMapper.shared(), serde);

		assertThat(writer.write(1L, "out").bytes()).hasSize(8);
		assertThat(writer.write(1L, "out").headers()).isEmpty();
		assertWritten(writer.write(1, "out"), "1", "content-type=application/json");
		assertWritten(writer.write("1", "out"), "1", "content-type=text/plain");
		assertWritten(writer.forPublisher(null, "application/json", Long.class, "X").write(1L, "out"), "1",
				"content-type=application/json");
	}

	@Test
	void publishersShareABodyOnlyWhereNoCodecMayMakeADifference() {
		BodyWriter plain = new BodyWriter(JsonMapper.shared());
		assertThat(plain.forPublisher(null, null, Object.class, "X")).isSameAs(plain);

		this.codecs.put("shout", new StubCodec());
		assertThat(writer(null, null)).isNotSameAs(writer(null, null));
	}

	private BodyWriter writer(@Nullable String codec, @Nullable String contentType) {
		return new BodyWriter(JsonMapper.shared(), new StreamCodecs(this.codecs, null)).forPublisher(codec, contentType,
				Object.class, "Publisher 'out'");
	}

	private static void assertWritten(EncodedBody body, String text, String... headers) {
		assertThat(body.bytes()).asString().isEqualTo(text);
		assertThat(headers(body)).containsExactly(headers);
	}

	private static List<String> headers(EncodedBody body) {
		return body.headers().stream().map(CodecWritingTests::text).toList();
	}

	private static String text(Header header) {
		return header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8);
	}

}
