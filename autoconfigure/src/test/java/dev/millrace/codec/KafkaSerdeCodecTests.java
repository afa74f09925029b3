package dev.millrace.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KafkaSerdeCodec}.
 */
class KafkaSerdeCodecTests {

	private static final ResolvableType ANY = ResolvableType.forClass(Object.class);

	@Test
	void serializerAndDeserializerAreConfiguredAndGetTopicAndHeaders() throws Exception {
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(Probe::new, Probe::new, Map.of("prefix", "p"));
		RecordHeaders headers = new RecordHeaders();

		assertThat(codec.write("x", new OutboundRecord("out", headers, null))).asString().isEqualTo("p out x");
		assertThat(headers.lastHeader("schema").value()).asString().isEqualTo("1");
		assertThat(codec.read(source(TestRecord.of("x").header("schema", "7")), ANY)).isEqualTo("p in-topic x 7");
	}

	@Test
	void headersThatADeserializerChangesAreACopy() throws Exception {
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(Probe::new, Probe::new, Map.of("prefix", "p"));
		SourceRecord record = source(TestRecord.of("x").header("schema", "7"));

		codec.read(record, ANY);

		assertThat(record.headers().lastHeader("schema")).isNotNull();
		assertThat(codec.read(record, ANY)).isEqualTo("p in-topic x 7");
	}

	@Test
	void deserializerIsUsedByOneThreadAtATime() throws Exception {
		AtomicInteger made = new AtomicInteger();
		AtomicInteger collisions = new AtomicInteger();
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(null, () -> {
			made.incrementAndGet();
			AtomicInteger users = new AtomicInteger();
			return (topic, data) -> {
				collisions.addAndGet((users.incrementAndGet() == 1) ? 0 : 1);
				Thread.yield();
				users.decrementAndGet();
				return data.length;
			};
		}, 3);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		CyclicBarrier start = new CyclicBarrier(8);
		List<Future<Boolean>> results = new ArrayList<>();
		for (int thread = 0; thread < 8; thread++) {
			results.add(threads.submit(() -> {
				start.await();
				for (int i = 0; i < 2000; i++) {
					codec.read(source(TestRecord.of("xx")), ANY);
				}
				return true;
			}));
		}
		for (Future<Boolean> result : results) {
			assertThat(result.get()).isTrue();
		}
		threads.shutdown();

		assertThat(collisions).hasValue(0);
		assertThat(made).hasValueBetween(1, 3);
	}

	@Test
	void deserializerThatFailsIsUsedAgain() throws Exception {
		AtomicInteger made = new AtomicInteger();
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(null, () -> {
			made.incrementAndGet();
			return (topic, data) -> {
				if (data.length == 0) {
					throw new IllegalStateException();
				}
				return data.length;
			};
		}, 1);

		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> codec.read(source(TestRecord.of("")), ANY));
		}
		assertThat(codec.read(source(TestRecord.of("x")), ANY)).isEqualTo(1);
		assertThat(made).hasValue(1);
	}

	@Test
	void wrongConfigurationShowsAtOnce() {
		assertThatExceptionOfType(KafkaException.class)
			.isThrownBy(() -> KafkaSerdeCodec.of(Probe::new, Probe::new, Map.of()));
	}

	@Test
	void isUsedOnlyWhereItIsNamedUnlessToldOtherwise() {
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(LongSerializer::new, LongDeserializer::new, Map.of());

		assertThat(codec.supports(Long.class)).isFalse();
		assertThat(codec.contentTypes()).isEmpty();
		assertThat(codec.forTypes(Number.class).supports(Long.class)).isTrue();
		assertThat(codec.forTypes(Number.class).supports(Object.class)).isFalse();
		assertThat(codec.forContentTypes("x/long").forTypes(Long.class).contentTypes()).containsExactly("x/long");
	}

	@Test
	void firstContentTypeIsWritten() throws Exception {
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(LongSerializer::new, LongDeserializer::new, Map.of())
			.forContentTypes("x/long", "x/other");
		RecordHeaders headers = new RecordHeaders();

		codec.write(1L, new OutboundRecord("out", headers, null));

		assertThat(headers.lastHeader("content-type").value()).asString().isEqualTo("x/long");
	}

	@Test
	void declaredTypeSaysWhatIsReadAndWritten() {
		KafkaSerdeCodec longs = KafkaSerdeCodec.of(LongSerializer::new, LongDeserializer::new, 1);

		assertThat(longs.reads(long.class)).isTrue();
		assertThat(longs.reads(Number.class)).isTrue();
		assertThat(longs.reads(Object.class)).isTrue();
		assertThat(longs.reads(String.class)).isFalse();
		assertThat(longs.writes(Long.class)).isTrue();
		assertThat(longs.writes(Integer.class)).isFalse();

		KafkaSerdeCodec anything = KafkaSerdeCodec.of(Probe::new, Probe::new, Map.of("prefix", "p"));
		assertThat(anything.reads(String.class)).isTrue();
		assertThat(anything.writes(List.class)).isTrue();
	}

	@Test
	void halfACodecDoesHalfTheWork() {
		KafkaSerdeCodec writing = KafkaSerdeCodec.of(LongSerializer::new, null, 1);
		KafkaSerdeCodec reading = KafkaSerdeCodec.of(null, LongDeserializer::new, 1);

		assertThat(writing.reads(Long.class)).isFalse();
		assertThat(reading.writes(Long.class)).isFalse();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> writing.read(source(TestRecord.of("x")), ANY));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> reading.write(1L, new OutboundRecord("out", new RecordHeaders(), null)));
	}

	@Test
	void endOfTheCodecIsThatOfItsParts() {
		List<String> closed = new ArrayList<>();
		KafkaSerdeCodec codec = KafkaSerdeCodec.of(() -> new Serializer<>() {

			@Override
			public byte[] serialize(String topic, Object data) {
				return null;
			}

			@Override
			public void close() {
				closed.add("serializer");
			}

		}, () -> new Deserializer<>() {

			@Override
			public Object deserialize(String topic, byte[] data) {
				return null;
			}

			@Override
			public void close() {
				closed.add("deserializer");
			}

		}, Map.of());

		codec.close();

		assertThat(closed).containsExactlyInAnyOrder("serializer", "deserializer");
	}

	private static SourceRecord source(TestRecord record) {
		ConsumerRecord<byte[], byte[]> built = record.build();
		return new SourceRecord(new BodyReader(JsonMapper.shared()), new StubCodec(), built, built.value(),
				ContentType.UNMARKED);
	}

	/**
	 * Says what it was given; removes a header, as some deserializers do.
	 */
	static class Probe implements Serializer<Object>, Deserializer<Object> {

		private String prefix;

		@Override
		public void configure(Map<String, ?> configs, boolean isKey) {
			if (isKey || !configs.containsKey("prefix")) {
				throw new KafkaException("No prefix");
			}
			this.prefix = (String) configs.get("prefix");
		}

		@Override
		public byte[] serialize(String topic, Object data) {
			throw new UnsupportedOperationException();
		}

		@Override
		public byte[] serialize(String topic, Headers headers, Object data) {
			headers.add("schema", new byte[] { '1' });
			return (this.prefix + " " + topic + " " + data).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object deserialize(String topic, byte[] data) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Object deserialize(String topic, Headers headers, byte[] data) {
			String schema = new String(headers.lastHeader("schema").value(), StandardCharsets.UTF_8);
			headers.remove("schema");
			return this.prefix + " " + topic + " " + new String(data, StandardCharsets.UTF_8) + " " + schema;
		}

		@Override
		public void close() {
		}

	}

}
