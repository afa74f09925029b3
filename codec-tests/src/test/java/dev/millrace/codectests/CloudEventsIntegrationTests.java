package dev.millrace.codectests;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.handler.annotation.Header;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CloudEvents in both modes, written and read by the SDK on the other side.
 */
@Timeout(120)
class CloudEventsIntegrationTests {

	private static final String STRUCTURED = "application/cloudevents+json";

	private final String in = Fixture.newTopic("in");

	private final String out = Fixture.newTopic("out");

	@ParameterizedTest
	@EnumSource(value = Encoding.class, names = { "BINARY", "STRUCTURED" })
	void eventsAreReadInBothModesAndWrittenInBinaryMode(Encoding encoding) {
		ConsumerRecord<byte[], byte[]> reply = exchange(Events.class, encoding);

		assertThat(Fixture.header(reply, "ce_type")).isEqualTo("dev.millrace.reply");
		assertThat(Fixture.header(reply, "content-type")).isEqualTo("application/json");
		assertThat(new String(reply.value(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":5}");
		assertThat(event(reply)).isEqualTo(reply("1"));
	}

	@Test
	void eventsAreWrittenInStructuredModeWhereThatIsAskedFor() {
		ConsumerRecord<byte[], byte[]> reply = exchange(Structured.class, Encoding.BINARY);

		assertThat(Fixture.header(reply, "content-type")).isEqualTo(STRUCTURED);
		assertThat(Fixture.header(reply, "ce_type")).isNull();
		assertThat(new String(reply.value(), StandardCharsets.UTF_8)).contains("\"type\":\"dev.millrace.reply\"",
				"\"data\":{\"id\":5}");
		assertThat(event(reply).getId()).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource(value = Encoding.class, names = { "BINARY", "STRUCTURED" })
	void dataIsReadAsTheTypeThatTheHandlerTakes(Encoding encoding) {
		assertThat(exchange(Data.class, encoding).value()).asString().isEqualTo("5");
	}

	@ParameterizedTest
	@EnumSource(value = Encoding.class, names = { "BINARY", "STRUCTURED" })
	void fieldsOfTheDataAreParameters(Encoding encoding) {
		assertThat(exchange(Fields.class, encoding).value()).asString().isEqualTo("5");
	}

	@Test
	void attributesInBinaryModeAreHeaders() {
		assertThat(exchange(Attributes.class, Encoding.BINARY).value()).asString().isEqualTo("dev.millrace.order 5");
	}

	private ConsumerRecord<byte[], byte[]> exchange(Class<?> handler, Encoding encoding) {
		CloudEvent event = CloudEventBuilder.v1()
			.withId("1")
			.withSource(URI.create("/mill"))
			.withType("dev.millrace.order")
			.withData("application/json", "{\"id\":5}".getBytes(StandardCharsets.UTF_8))
			.build();
		CloudEventSerializer serializer = new CloudEventSerializer();
		serializer.configure(Map.of(CloudEventSerializer.ENCODING_CONFIG, encoding,
				CloudEventSerializer.EVENT_FORMAT_CONFIG, STRUCTURED), false);
		RecordHeaders headers = new RecordHeaders();
		byte[] body = serializer.serialize(this.in, headers, event);
		Fixture.send(this.in, body, headers);
		try (ConfigurableApplicationContext application = Fixture.start(handler,
				Map.of("in", this.in, "out", this.out))) {
			assertThat(application.isActive()).isTrue();
			return Fixture.read(this.out, 1).get(0);
		}
	}

	private CloudEvent event(ConsumerRecord<byte[], byte[]> record) {
		return new CloudEventDeserializer().deserialize(record.topic(), record.headers(), record.value());
	}

	private static CloudEvent reply(String id) {
		return CloudEventBuilder.v1()
			.withId(id)
			.withSource(URI.create("/mill"))
			.withType("dev.millrace.reply")
			.withData("application/json", "{\"id\":5}".getBytes(StandardCharsets.UTF_8))
			.build();
	}

	static class Events {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		CloudEvent handle(CloudEvent event) {
			return CloudEventBuilder.v1(event).withType("dev.millrace.reply").build();
		}

	}

	static class Structured {

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}", contentType = STRUCTURED)
		CloudEvent handle(CloudEvent event) {
			return reply(event.getId());
		}

	}

	static class Data {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		int handle(Body body) {
			return body.id();
		}

	}

	static class Fields {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		int handle(int id, @Nullable String item) {
			return id;
		}

	}

	static class Attributes {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(Body body, @Header("ce_type") String type) {
			return type + " " + body.id();
		}

	}

	record Body(int id) {

	}

}
