package dev.millrace.codectests;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaDeserializer;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.KafkaSerdeCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Avro and Protobuf by the serializers of Apicurio Registry, with the registry itself in
 * a process of its own.
 */
@Timeout(240)
class RegistryIntegrationTests {

	private static RegistryProcess registry;

	private final String in = Fixture.newTopic("in");

	private final String out = Fixture.newTopic("out");

	@BeforeAll
	static void startRegistry() {
		registry = RegistryProcess.start();
	}

	@AfterAll
	static void stopRegistry() {
		registry.close();
	}

	@Test
	void serializersOfTheApplicationReadAndWriteGenericRecords() {
		send(avroSerializer(), new GenericRecordBuilder(Order.SCHEMA$).set("id", 1).set("item", "mill").build());

		try (ConfigurableApplicationContext application = Fixture.start(Generic.class, avro(registry.port(), false))) {
			GenericRecord reply = (GenericRecord) read(avroDeserializer(false), this.out, 1).get(0);

			assertThat(reply.get("id")).isEqualTo(2);
			assertThat(reply.get("item")).hasToString("mill");
			assertThat(application.isActive()).isTrue();
		}
		assertThat(registry.artifacts()).contains(this.in + "-value", this.out + "-value");
	}

	@Test
	void serializersOfTheApplicationReadAndWriteSpecificRecords() {
		send(avroSerializer(), new Order(1, "mill"));

		try (ConfigurableApplicationContext application = Fixture.start(Specific.class, avro(registry.port(), true))) {
			Order reply = (Order) read(avroDeserializer(true), this.out, 1).get(0);

			assertThat(reply.getId()).isEqualTo(2);
			assertThat(reply.getItem()).isEqualTo("mill");
			assertThat(application.isActive()).isTrue();
		}
	}

	@Test
	void recordsThatSayWhatTheyAreAreReadAsThat() {
		RecordHeaders json = new RecordHeaders();
		json.add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
		Fixture.send(this.in, "[1,2]".getBytes(StandardCharsets.UTF_8), json);

		try (ConfigurableApplicationContext application = Fixture.start(Lists.class, avro(registry.port(), false))) {
			ConsumerRecord<byte[], byte[]> reply = Fixture.read(this.out, 1).get(0);

			assertThat(new String(reply.value(), StandardCharsets.UTF_8)).isEqualTo("[1,2]!");
			assertThat(Fixture.header(reply, "content-type")).isEqualTo("text/plain");
			assertThat(application.isActive()).isTrue();
		}
	}

	@Test
	void bodyThatIsNoAvroBecomesADeadLetter() {
		Fixture.send(this.in, "not Avro".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
		send(avroSerializer(), new Order(1, "mill"));

		try (ConfigurableApplicationContext application = Fixture.start(Specific.class, avro(registry.port(), true))) {
			ConsumerRecord<byte[], byte[]> deadLetter = Fixture.read(this.in + "-dlt", 1).get(0);

			assertThat(new String(deadLetter.value(), StandardCharsets.UTF_8)).isEqualTo("not Avro");
			assertThat(((Order) read(avroDeserializer(true), this.out, 1).get(0)).getId()).isEqualTo(2);
			assertThat(application.isActive()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n" })
	void recordsWaitWhileTheRegistryIsOutOfReach(String answer) {
		send(avroSerializer(), new Order(1, "mill"));

		try (Gate gate = Gate.to(registry.port(), answer);
				ConfigurableApplicationContext application = Fixture.start(Patient.class, patient(gate.port()))) {
			await().until(() -> gate.refused() >= 3);
			gate.open();

			ConsumerRecord<byte[], byte[]> reply = Fixture.read(this.out, 1).get(0);
			assertThat(new String(reply.value(), StandardCharsets.UTF_8)).isEqualTo("mill");
			assertThat(application.isActive()).isTrue();
		}
	}

	@Test
	void namedCodecReadsAndWritesProtobuf() throws DescriptorValidationException {
		DynamicMessage order = message("mill");
		send(protobufSerializer(), order);

		try (ConfigurableApplicationContext application = Fixture.start(Protobuf.class, topics())) {
			Message reply = (Message) read(protobufDeserializer(), this.out, 1).get(0);

			assertThat(reply.getAllFields().values()).containsExactly("mill");
			assertThat(reply.getDescriptorForType().getFullName()).isEqualTo("millrace.Order");
			assertThat(application.isActive()).isTrue();
		}
		assertThat(registry.artifacts()).contains("PROTOBUF");
	}

	private <T> void send(Serializer<T> serializer, T value) {
		RecordHeaders headers = new RecordHeaders();
		byte[] body = serializer.serialize(this.in, headers, value);
		Fixture.send(this.in, body, headers);
		serializer.close();
	}

	private static List<Object> read(Deserializer<?> deserializer, String topic, int count) {
		try (deserializer) {
			return Fixture.read(topic, count)
				.stream()
				.<Object>map((record) -> deserializer.deserialize(topic, record.headers(), record.value()))
				.toList();
		}
	}

	private Map<String, Object> topics() {
		return Map.of("in", this.in, "out", this.out, "registry", registry.url());
	}

	private Map<String, Object> avro(int port, boolean specific) {
		Map<String, Object> properties = new HashMap<>(topics());
		properties.put("spring.kafka.consumer.value-deserializer", AvroKafkaDeserializer.class.getName());
		properties.put("spring.kafka.producer.value-serializer", AvroKafkaSerializer.class.getName());
		config(RegistryProcess.url(port), specific)
			.forEach((name, value) -> properties.put("spring.kafka.properties." + name, value));
		return properties;
	}

	private Map<String, Object> patient(int port) {
		Map<String, Object> properties = avro(port, true);
		properties.put("millrace.subscriber.retry.attempts", "1000");
		return properties;
	}

	private static Map<String, Object> config(String url, boolean specific) {
		return Map.of("apicurio.registry.url", url, "apicurio.registry.auto-register", "true",
				"apicurio.registry.use-specific-avro-reader", String.valueOf(specific));
	}

	private static <T> Serializer<T> avroSerializer() {
		Serializer<T> serializer = new AvroKafkaSerializer<>();
		serializer.configure(config(registry.url(), false), false);
		return serializer;
	}

	private static Deserializer<?> avroDeserializer(boolean specific) {
		Deserializer<?> deserializer = new AvroKafkaDeserializer<>();
		deserializer.configure(config(registry.url(), specific), false);
		return deserializer;
	}

	private static Serializer<DynamicMessage> protobufSerializer() {
		Serializer<DynamicMessage> serializer = new ProtobufKafkaSerializer<>();
		serializer.configure(config(registry.url(), false), false);
		return serializer;
	}

	private static Deserializer<?> protobufDeserializer() {
		Deserializer<?> deserializer = new ProtobufKafkaDeserializer<>();
		deserializer.configure(config(registry.url(), false), false);
		return deserializer;
	}

	// What protoc makes of: message Order { string item = 1; }
	private static DynamicMessage message(String item) throws DescriptorValidationException {
		DescriptorProto type = DescriptorProto.newBuilder()
			.setName("Order")
			.addField(FieldDescriptorProto.newBuilder()
				.setName("item")
				.setNumber(1)
				.setType(FieldDescriptorProto.Type.TYPE_STRING)
				.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
			.build();
		FileDescriptorProto file = FileDescriptorProto.newBuilder()
			.setName("order.proto")
			.setPackage("millrace")
			.setSyntax("proto3")
			.addMessageType(type)
			.build();
		var descriptor = FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Order");
		return DynamicMessage.newBuilder(descriptor).setField(descriptor.findFieldByName("item"), item).build();
	}

	static class Generic {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		GenericRecord handle(GenericRecord order) {
			order.put("id", (Integer) order.get("id") + 1);
			return order;
		}

	}

	static class Specific {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		Order handle(Order order) {
			return new Order(order.getId() + 1, order.getItem());
		}

	}

	static class Patient {

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}", contentType = "text/plain")
		String handle(Order order) {
			return order.getItem();
		}

	}

	static class Lists {

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}", contentType = "text/plain")
		String handle(String json) {
			return json + "!";
		}

	}

	static class Protobuf {

		@Bean
		KafkaSerdeCodec protobuf(@Value("${registry}") String url) {
			return KafkaSerdeCodec.of(ProtobufKafkaSerializer::new, ProtobufKafkaDeserializer::new, config(url, false));
		}

		@StreamSubscriber(topics = "${in}", codec = "protobuf")
		@StreamPublisher(topic = "${out}", codec = "protobuf")
		DynamicMessage handle(DynamicMessage order) {
			return order;
		}

	}

}
