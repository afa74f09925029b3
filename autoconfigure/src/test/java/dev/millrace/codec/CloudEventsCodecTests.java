package dev.millrace.codec;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;
import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CloudEventsCodec}, in binary mode and without any event format on the
 * class path.
 */
class CloudEventsCodecTests {

	private static final CloudEvent EVENT = CloudEventBuilder.v1()
		.withId("1")
		.withSource(URI.create("/mill"))
		.withType("dev.millrace.order")
		.withData("application/json", "{\"id\":5}".getBytes(StandardCharsets.UTF_8))
		.build();

	private final JsonMapper mapper = JsonMapper.shared();

	private final StreamCodecs codecs = new StreamCodecs(Map.of("cloudEvents", new CloudEventsCodec()), null);

	private final BodyReader reader = new BodyReader(this.mapper, this.codecs);

	private final BodyWriter writer = new BodyWriter(this.mapper, this.codecs);

	@Test
	void readsAnEventInBinaryMode() {
		CloudEvent event = (CloudEvent) read(binary("{\"id\":5}"), CloudEvent.class);

		assertThat(event.getId()).isEqualTo("1");
		assertThat(event.getSource()).isEqualTo(URI.create("/mill"));
		assertThat(event.getType()).isEqualTo("dev.millrace.order");
		assertThat(event.getExtension("tenant")).isEqualTo("acme");
		assertThat(event.getDataContentType()).isEqualTo("application/json");
		assertThat(event.getData().toBytes()).asString().isEqualTo("{\"id\":5}");
	}

	@Test
	void dataInBinaryModeIsTheBody() {
		assertThat(read(binary("{\"id\":5}"), Map.class)).isEqualTo(Map.of("id", 5));
	}

	@Test
	void eventWithoutDataHasNoBody() {
		TestRecord record = event(TestRecord.tombstone());

		CloudEvent event = (CloudEvent) read(record, CloudEvent.class);

		assertThat(event.getId()).isEqualTo("1");
		assertThat(event.getData()).isNull();
	}

	@Test
	void recordThatIsNoEventIsRefused() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(TestRecord.json("{\"id\":5}"), CloudEvent.class))
			.withMessageContaining("in-topic-2@42");
	}

	@Test
	void writesAnEventInBinaryMode() {
		EncodedBody body = this.writer.write(EVENT, "out");

		assertThat(body.bytes()).asString().isEqualTo("{\"id\":5}");
		assertThat(headers(body)).containsExactlyInAnyOrder("ce_specversion=1.0", "ce_id=1", "ce_source=/mill",
				"ce_type=dev.millrace.order", "content-type=application/json");
	}

	@Test
	void eventWithoutDataIsWrittenWithoutABody() {
		EncodedBody body = this.writer.write(CloudEventBuilder.from(EVENT).withoutData().build(), "out");

		assertThat(body.bytes()).isNull();
		assertThat(headers(body)).contains("ce_id=1");
	}

	@Test
	void whatIsWrittenIsReadBack() {
		EncodedBody body = this.writer.write(EVENT, "out");
		TestRecord record = TestRecord.of(body.bytes());
		body.headers().forEach((header) -> record.header(header.key(), header.value()));

		assertThat(read(record, CloudEvent.class)).isEqualTo(EVENT);
	}

	@Test
	void missingLibraryIsNamed() {
		String contentType = "application/cloudevents+json; charset=UTF-8";

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(TestRecord.of("{}").header("content-type", contentType), Map.class))
			.havingCause()
			.withMessageContaining("io.cloudevents:cloudevents-json-jackson");
		assertThatExceptionOfType(StreamException.class)
			.isThrownBy(() -> this.writer.forPublisher(null, contentType, CloudEvent.class, "X").write(EVENT, "out"))
			.havingCause()
			.withMessageContaining("io.cloudevents:cloudevents-json-jackson");
	}

	@Test
	void onlyEventsAreWrittenInStructuredMode() {
		BodyWriter structured = this.writer.forPublisher(null, "application/cloudevents+json", Object.class, "X");

		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> structured.write("text", "out"))
			.havingCause()
			.withMessage("Not a CloudEvent");
	}

	@Test
	void otherValuesAreWrittenAsEver() {
		assertThat(headers(this.writer.write(List.of(1), "out"))).containsExactly("content-type=application/json");
	}

	private @Nullable Object read(TestRecord record, Class<?> type) {
		return this.reader.read(record.build(), this.mapper.constructType(type));
	}

	private static TestRecord binary(String body) {
		return event(TestRecord.json(body));
	}

	private static TestRecord event(TestRecord record) {
		return record.header("ce_specversion", "1.0")
			.header("ce_id", "1")
			.header("ce_source", "/mill")
			.header("ce_type", "dev.millrace.order")
			.header("ce_tenant", "acme");
	}

	private static List<String> headers(EncodedBody body) {
		return body.headers()
			.stream()
			.map((header) -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
			.toList();
	}

}
