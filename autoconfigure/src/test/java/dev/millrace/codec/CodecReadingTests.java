package dev.millrace.codec;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ResolvableType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;
import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BodyReader} with codecs.
 */
class CodecReadingTests {

	private static final String SHOUT = "text/shout";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Map<String, StreamCodec> codecs = new LinkedHashMap<>();

	@Test
	void codecReadsItsContentTypes() {
		this.codecs.put("shout", new StubCodec(SHOUT, "application/shout+json"));

		assertThat(read(marked("HI", SHOUT), StubCodec.Shout.class)).isEqualTo(shout("HI", SHOUT));
		assertThat(read(marked("HI", "Text/Shout; v=1"), StubCodec.Shout.class))
			.isEqualTo(shout("HI", "Text/Shout; v=1"));
		assertThat(read(marked("HI", "application/shout+json"), Object.class))
			.isEqualTo(shout("HI", "application/shout+json"));
	}

	@Test
	void everythingElseIsReadWithoutACodec() {
		this.codecs.put("shout", new StubCodec(SHOUT));

		assertThat(read(TestRecord.json("[1]"), Object.class)).isEqualTo(List.of(1));
		assertThat(read(TestRecord.text("hi"), String.class)).isEqualTo("hi");
		assertThat(read(TestRecord.of("hi"), String.class)).isEqualTo("hi");
		assertThat(read(marked("{}", "application/octet-stream"), Object.class)).isEqualTo(Map.of());
		assertThat(read(marked("{}", "application/x+json"), Object.class)).isEqualTo(Map.of());
	}

	@Test
	void firstOfTwoCodecsReads() {
		this.codecs.put("first", new StubCodec(SHOUT));
		this.codecs.put("second", reading((record, target) -> "second", SHOUT));

		assertThat(read(marked("HI", SHOUT), Object.class)).isEqualTo(shout("HI", SHOUT));
	}

	@Test
	void codecThatSupportsTheTypeReadsWhateverTheContentType() {
		this.codecs.put("shout", new SupportingCodec());

		assertThat(read(TestRecord.json("[1]"), StubCodec.Shout.class)).isEqualTo(shout("[1]", "application/json"));
		assertThat(read(TestRecord.of("x"), StubCodec.Shout.class)).isEqualTo(shout("x", null));
		assertThat(read(TestRecord.of("x"), String.class)).isEqualTo("x");
	}

	@Test
	void onlyACodecThatSupportsTheTypeIsAskedAboutTombstones() {
		this.codecs.put("shout", new SupportingCodec());
		this.codecs.put("marked", new StubCodec(SHOUT));

		assertThat(read(TestRecord.tombstone(), StubCodec.Shout.class)).isEqualTo(shout("silence", null));
		assertThat(read(TestRecord.tombstone().header("content-type", SHOUT), Object.class)).isNull();
		assertThat(reader().forSubscriber("marked", null, List.of(Object.class), "X")
			.read(TestRecord.tombstone().build(), this.mapper.constructType(Object.class))).isNull();
	}

	@Test
	void bytesAreNeverInterpreted() {
		this.codecs.put("shout", new StubCodec(SHOUT));
		BodyReader reader = reader().forSubscriber("shout", null, List.of(Object.class), "X");

		for (TestRecord record : List.of(marked("HI", SHOUT), TestRecord.of("HI"))) {
			assertThat(reader.read(record.build(), this.mapper.constructType(byte[].class)))
				.isEqualTo("HI".getBytes(StandardCharsets.UTF_8));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "application/json", "text/plain", "application/xml" })
	void namedCodecReadsEverything(String contentType) {
		this.codecs.put("shout", new StubCodec());
		this.codecs.put("other", reading((record, target) -> "other", "application/xml"));
		BodyReader reader = reader().forSubscriber("shout", null, List.of(Object.class), "X");

		assertThat(reader.read(marked("HI", contentType).build(), this.mapper.constructType(StubCodec.Shout.class)))
			.isEqualTo(shout("HI", contentType.isEmpty() ? null : contentType));
	}

	@Test
	void assumedContentTypeIsThatOfRecordsWithout() {
		this.codecs.put("shout", new StubCodec(SHOUT));
		BodyReader reader = reader().forSubscriber(null, SHOUT, List.of(Object.class), "X");

		for (TestRecord silent : List.of(TestRecord.of("HI"), marked("HI", ""), marked("HI", " "))) {
			assertThat(reader.read(silent.build(), this.mapper.constructType(Object.class)))
				.isEqualTo(shout("HI", SHOUT));
			assertThat(reader.contentType(silent.build())).isEqualTo(SHOUT);
		}
		assertThat(reader.read(TestRecord.text("hi").build(), this.mapper.constructType(Object.class))).isEqualTo("hi");
		assertThat(
				reader.read(marked("hi", "application/octet-stream").build(), this.mapper.constructType(Object.class)))
			.isEqualTo("hi");
	}

	@Test
	void assumedJsonIsReadAsJson() {
		BodyReader reader = reader().forSubscriber(null, "application/json", List.of(Object.class), "X");

		assertThat(reader.read(TestRecord.of("\"q\"").build(), this.mapper.constructType(String.class))).isEqualTo("q");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> reader.read(TestRecord.of("").build(), this.mapper.constructType(Object.class)));
	}

	@Test
	void deserializerOfTheApplicationReadsWhatSaysNothingAsItsType() {
		StreamCodecs serde = new StreamCodecs(Map.of(), KafkaSerdeCodec.of(null, LongDeserializer::new, 1));
		BodyReader reader = new BodyReader(this.mapper, serde);
		byte[] five = { 0, 0, 0, 0, 0, 0, 0, 5 };

		assertThat(reader.read(TestRecord.of(five).build(), this.mapper.constructType(long.class))).isEqualTo(5L);
		assertThat(reader.read(TestRecord.of(five).header("content-type", "").build(),
				this.mapper.constructType(Object.class)))
			.isEqualTo(5L);
		assertThat(reader.read(TestRecord.of("[6]").build(), this.mapper.constructType(List.class)))
			.isEqualTo(List.of(6));
		assertThat(reader.read(TestRecord.json("7").build(), this.mapper.constructType(long.class))).isEqualTo(7L);
		assertThat(reader.read(marked("8", "application/octet-stream").build(), this.mapper.constructType(long.class)))
			.isEqualTo(8L);
	}

	@Test
	void genericTypesReachTheCodec() {
		StubCodec codec = new StubCodec(SHOUT);
		this.codecs.put("shout", codec);

		read(marked("HI", SHOUT), Object.class);
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(marked("HI", SHOUT), new TypeReference<Map<String, List<StubCodec.Shout[]>>>() {
			}.getType()));

		assertThat(codec.targets.get(0).getType()).isEqualTo(Object.class);
		ResolvableType map = codec.targets.get(1);
		assertThat(map.resolve()).isEqualTo(Map.class);
		assertThat(map.getGeneric(0).resolve()).isEqualTo(String.class);
		assertThat(map.getGeneric(1, 0).getComponentType().resolve()).isEqualTo(StubCodec.Shout.class);
	}

	@Test
	void valueOfAnotherTypeIsRefused() {
		this.codecs.put("shout", new StubCodec(SHOUT));

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(marked("secret", SHOUT), Integer.class))
			.withMessage("Can't read the body of in-topic-2@42, with content type 'text/shout', as java.lang.Integer")
			.havingCause()
			.withMessageContaining(StubCodec.class.getName() + " made a " + StubCodec.Shout.class.getName());
	}

	@Test
	void primitivesAreMade() {
		this.codecs.put("length", reading((record, target) -> record.body().length, SHOUT));

		assertThat(read(marked("HI", SHOUT), int.class)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(classes = { long.class, Long.class })
	void codecThatSupportsAPrimitiveTypeReadsItsWrapperToo(Class<?> type) {
		byte[] five = { 0, 0, 0, 0, 0, 0, 0, 5 };
		for (Class<?> supported : List.of(long.class, Long.class)) {
			this.codecs.put("counts",
					KafkaSerdeCodec.of(LongSerializer::new, LongDeserializer::new, 1).forTypes(supported));

			assertThat(read(TestRecord.of(five), type)).isEqualTo(5L);
		}
	}

	@Test
	void onlyACodecThatSupportsTheWrapperIsAskedForAPrimitiveOfATombstone() {
		this.codecs.put("zero", supporting(Long.class, (record, target) -> 0L));

		assertThat(read(TestRecord.tombstone(), long.class)).isEqualTo(0L);
		assertThat(read(TestRecord.tombstone(), int.class)).isNull();
	}

	@Test
	void failureOfACodecIsADecodingException() {
		Exception failure = new UncheckedIOException(new EOFException());
		this.codecs.put("failing", reading((record, target) -> {
			throw failure;
		}, SHOUT));

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(marked("HI", SHOUT), String.class))
			.withMessage("Can't read the body of in-topic-2@42, with content type 'text/shout', as java.lang.String")
			.withCause(failure);
	}

	@Test
	void failureOfTheNetworkIsNoDecodingException() {
		Exception failure = new SerializationException(new UncheckedIOException(new ConnectException("refused")));
		this.codecs.put("failing", reading((record, target) -> {
			throw failure;
		}, SHOUT));

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> read(marked("HI", SHOUT), String.class))
			.isNotInstanceOf(DecodingException.class)
			.withMessageContaining("in-topic-2@42")
			.withCause(failure);
	}

	@Test
	void streamExceptionOfACodecIsPassedOn() {
		StreamException failure = new StreamException("not now", null);
		this.codecs.put("failing", reading((record, target) -> {
			throw failure;
		}, SHOUT));

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> read(marked("HI", SHOUT), String.class))
			.isSameAs(failure);
	}

	@Test
	void interruptOfACodecIsKept() {
		this.codecs.put("failing", reading((record, target) -> {
			throw new InterruptedException();
		}, SHOUT));

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> read(marked("HI", SHOUT), String.class));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void codecThatDoesNotExist() {
		this.codecs.put("shout", new StubCodec(SHOUT));

		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> reader().forSubscriber("shuot", null, List.of(Object.class), "Subscriber 'x'"))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("Subscriber 'x' names the codec 'shuot', which does not exist.");
				assertThat(ex.action()).isEqualTo("Declare a bean of type dev.millrace.codec.StreamCodec with that "
						+ "name, or name one of [shout].");
			});
	}

	@Test
	void assumedContentTypeThatNothingReads() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> reader().forSubscriber(null, "application/xml", List.of(Object.class), "Subscriber 'x'"))
			.satisfies((ex) -> assertThat(ex.description())
				.isEqualTo("Subscriber 'x' has the content type 'application/xml', which nothing can read."));
	}

	@Test
	void assumedContentTypeMayBeOneThatOnlyTheCodecOfTheSubscriberReads() {
		this.codecs.put("shout", new StubCodec());
		BodyReader reader = reader().forSubscriber("shout", "application/x-shout", List.of(Object.class), "X");

		assertThat(reader.read(TestRecord.of("HI").build(), this.mapper.constructType(StubCodec.Shout.class)))
			.isEqualTo(shout("HI", "application/x-shout"));
	}

	@Test
	void assumedContentTypeMayBeOneThatOnlyACodecOfTheTypesReads() {
		this.codecs.put("shout", new SupportingCodec());
		BodyReader reader = reader().forSubscriber(null, "application/x-shout",
				List.of(StubCodec.Shout.class, byte[].class), "X");

		assertThat(reader.read(TestRecord.of("HI").build(), this.mapper.constructType(StubCodec.Shout.class)))
			.isEqualTo(shout("HI", "application/x-shout"));
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> reader().forSubscriber(null,
				"application/x-shout", List.of(StubCodec.Shout.class, String.class), "X"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "Text/Plain; charset=utf-8", "application/octet-stream", "" })
	void contentTypesOfMillraceItselfAreNotForCodecs(String contentType) {
		this.codecs.put("greedy", new StubCodec(contentType));

		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(this::reader).satisfies((ex) -> {
			assertThat(ex.description())
				.isEqualTo("The codec 'greedy' has the content type '" + contentType + "', which is Millrace's own.");
			assertThat(ex.action()).contains("@StreamSubscriber(codec = \"greedy\")");
		});
	}

	private @Nullable Object read(TestRecord record, Type type) {
		return reader().read(record.build(), this.mapper.constructType(type));
	}

	private BodyReader reader() {
		return new BodyReader(this.mapper, new StreamCodecs(this.codecs, null));
	}

	static TestRecord marked(String body, String contentType) {
		return TestRecord.of(body).header("content-type", contentType);
	}

	private static StubCodec.Shout shout(String text, @Nullable String contentType) {
		return new StubCodec.Shout(text, contentType);
	}

	static StreamCodec reading(Reading reading, String... contentTypes) {
		return new StubCodec(contentTypes) {

			@Override
			public @Nullable Object read(InboundRecord record, ResolvableType target) throws Exception {
				return reading.read(record, target);
			}

		};
	}

	static StreamCodec supporting(Class<?> supported, Reading reading) {
		return new StubCodec() {

			@Override
			public boolean supports(Class<?> type) {
				return type == supported;
			}

			@Override
			public @Nullable Object read(InboundRecord record, ResolvableType target) throws Exception {
				return reading.read(record, target);
			}

		};
	}

	interface Reading {

		@Nullable Object read(InboundRecord record, ResolvableType target) throws Exception;

	}

	static final class SupportingCodec extends StubCodec {

		@Override
		public boolean supports(Class<?> type) {
			return type == Shout.class;
		}

	}

}
