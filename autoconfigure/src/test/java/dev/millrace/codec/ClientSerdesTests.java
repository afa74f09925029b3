package dev.millrace.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.kafka.support.serializer.JacksonJsonDeserializer;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;
import org.springframework.kafka.support.serializer.ToStringSerializer;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClientSerdes}.
 */
class ClientSerdesTests {

	private static final String VALUE_DESERIALIZER = "value.deserializer";

	private static final String VALUE_SERIALIZER = "value.serializer";

	static Stream<Object> nothingNew() {
		return Stream.of(StringDeserializer.class, ByteArrayDeserializer.class, JacksonJsonDeserializer.class,
				JacksonJsonDeserializer.class.getName(), OwnJson.class);
	}

	@ParameterizedTest
	@MethodSource("nothingNew")
	void whatMillraceDoesItselfIsLeftToIt(Object deserializer) {
		assertThat(of(Map.of(VALUE_DESERIALIZER, deserializer), Map.of(VALUE_SERIALIZER, StringSerializer.class)))
			.isNull();
		assertThat(of(errorHandling(deserializer), Map.of())).isNull();
		assertThat(of(Map.of(), Map.of(VALUE_SERIALIZER, JacksonJsonSerializer.class))).isNull();
		assertThat(of(Map.of(), Map.of(VALUE_SERIALIZER, ToStringSerializer.class))).isNull();
		assertThat(of(Map.of(), Map.of(VALUE_SERIALIZER, ByteArraySerializer.class))).isNull();
		assertThat(of(Map.of(), Map.of())).isNull();
	}

	@Test
	void everythingElseIsTaken() throws Exception {
		KafkaSerdeCodec codec = of(Map.of(VALUE_DESERIALIZER, Configured.class.getName(), "prefix", "p"),
				Map.of(VALUE_SERIALIZER, LongSerializer.class));

		assertThat(codec.reads(String.class)).isTrue();
		assertThat(codec.writes(Long.class)).isTrue();
		assertThat(codec.writes(String.class)).isFalse();
		assertThat(read(codec)).isEqualTo("p1");
		assertThat(codec.write(1L, new OutboundRecord("out", new RecordHeaders(), null))).hasSize(8);
	}

	@Test
	void delegateOfAnErrorHandlingDeserializerIsTaken() throws Exception {
		Map<String, Object> properties = errorHandling(Configured.class.getName());
		properties.put("prefix", "p");

		assertThat(read(of(properties, Map.of()))).isEqualTo("p1");
	}

	@Test
	void hiddenDelegateIsNotTaken() {
		ErrorHandlingDeserializer<Long> hidden = new ErrorHandlingDeserializer<>(new LongDeserializer());

		assertThat(ClientSerdes.of(new DefaultKafkaConsumerFactory<>(Map.of(), null, hidden), producers(Map.of())))
			.isNull();
	}

	@Test
	void instanceOfTheFactoryIsSharedByOneThreadAtATime() throws Exception {
		AtomicInteger users = new AtomicInteger();
		Deserializer<Object> one = (topic, data) -> users.incrementAndGet();
		KafkaSerdeCodec codec = ClientSerdes.of(new DefaultKafkaConsumerFactory<>(Map.of(), null, one),
				new DefaultKafkaProducerFactory<>(Map.of(), null, new UUIDSerializer()));

		assertThat(codec.deserializers()).isEqualTo(1);
		assertThat(read(codec)).isEqualTo(1);
		assertThat(read(codec)).isEqualTo(2);
		assertThat(codec.writes(UUID.class)).isTrue();
	}

	@Test
	void instancesOfASupplierAreUsedSideBySide() {
		KafkaSerdeCodec codec = ClientSerdes.of(
				new DefaultKafkaConsumerFactory<>(Map.of("prefix", "p"), StringDeserializer::new, Configured::new),
				producers(Map.of()));

		assertThat(codec.deserializers()).isEqualTo(Runtime.getRuntime().availableProcessors());
	}

	@Test
	void instancesOfBuiltInTypesAreLeftAlone() {
		assertThat(ClientSerdes.of(new DefaultKafkaConsumerFactory<>(Map.of(), null, new StringDeserializer()),
				new DefaultKafkaProducerFactory<>(Map.of(), null, new StringSerializer())))
			.isNull();
	}

	@Test
	void classThatDoesNotExist() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> of(Map.of(VALUE_DESERIALIZER, "com.example.Missing"), Map.of()))
			.satisfies((ex) -> assertThat(ex.description())
				.isEqualTo("value.deserializer is com.example.Missing, which is not on the class path."));
	}

	private static @Nullable KafkaSerdeCodec of(Map<String, Object> consumer, Map<String, Object> producer) {
		return ClientSerdes.of(consumers(consumer), producers(producer));
	}

	private static ConsumerFactory<Object, Object> consumers(Map<String, Object> properties) {
		return new DefaultKafkaConsumerFactory<>(properties);
	}

	private static ProducerFactory<Object, Object> producers(Map<String, Object> properties) {
		return new DefaultKafkaProducerFactory<>(properties);
	}

	private static Map<String, Object> errorHandling(Object delegate) {
		Map<String, Object> properties = new HashMap<>();
		properties.put(VALUE_DESERIALIZER, ErrorHandlingDeserializer.class);
		properties.put(ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS, delegate);
		return properties;
	}

	private static @Nullable Object read(KafkaSerdeCodec codec) throws Exception {
		var record = TestRecord.of("x").build();
		return codec.read(new SourceRecord(new BodyReader(JsonMapper.shared()), codec, record, record.value(),
				ContentType.UNMARKED), ResolvableType.forClass(Object.class));
	}

	public static class Configured implements Deserializer<Object> {

		private String prefix;

		@Override
		public void configure(Map<String, ?> configs, boolean isKey) {
			this.prefix = (String) configs.get("prefix");
		}

		@Override
		public Object deserialize(String topic, byte[] data) {
			return this.prefix + data.length;
		}

	}

	public static class OwnJson extends JacksonJsonDeserializer<Object> {

	}

}
