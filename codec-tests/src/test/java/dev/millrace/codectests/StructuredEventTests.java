package dev.millrace.codectests;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyReader;
import dev.millrace.codec.CloudEventsCodec;
import dev.millrace.codec.StreamCodecs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CloudEventsCodec}: the data of events in structured mode.
 */
class StructuredEventTests {

	private static final String ENVELOPE = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/mill\","
			+ "\"type\":\"dev.millrace.order\"%s}";

	private final BodyReader reader = new BodyReader(JsonMapper.shared(),
			new StreamCodecs(Map.of("cloudEvents", new CloudEventsCodec()), null));

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16BE" })
	void fractionsAreNotRounded(Charset charset) {
		String event = ENVELOPE
			.formatted(",\"data\":{\"big\":12345678901234567.89,\"small\":1.10,\"huge\":1e400,\"text\":\"\u20ac\"}");

		assertThat(read(event.getBytes(charset), Amounts.class)).isEqualTo(new Amounts(
				new BigDecimal("12345678901234567.89"), new BigDecimal("1.10"), new BigDecimal("1e400"), "\u20ac"));
	}

	@Test
	void fieldsAreNotRoundedEither() {
		byte[] event = ENVELOPE.formatted(",\"data\":{\"big\":12345678901234567.89,\"small\":1.10}").getBytes();

		assertThat(JsonMapper.shared().readValue(this.reader.open(record(event), "fields"), Amounts.class))
			.isEqualTo(new Amounts(new BigDecimal("12345678901234567.89"), new BigDecimal("1.10"), null, null));
	}

	@Test
	void dataMayBeAnyJson() {
		assertThat(read(",\"data\":[1,2]", List.class)).isEqualTo(List.of(1, 2));
		assertThat(read(",\"data\":7,\"subject\":\"s\"", int.class)).isEqualTo(7);
		assertThat(read(",\"data\":\"a\\\"b\"", String.class)).isEqualTo("a\"b");
		assertThat(read(",\"data\":null", String.class)).isNull();
		assertThat(read("", String.class)).isNull();
		assertThat(read(",\"extension\":\"data\",\"data\":{\"data\":1}", Map.class)).isEqualTo(Map.of("data", 1));
		assertThat(read(",\"datacontenttype\":\"application/x+json\",\"data\":1.5", Object.class)).isEqualTo(1.5);
	}

	@Test
	void dataThatIsNoJsonIsWhatItSays() {
		assertThat(read(",\"datacontenttype\":\"text/plain\",\"data\":\"1.10\"", String.class)).isEqualTo("1.10");
		assertThat(read(",\"data_base64\":\"ezEuMTB9\",\"datacontenttype\":\"text/plain\"", String.class))
			.isEqualTo("{1.10}");
		assertThat(read(",\"data_base64\":\"MS4xMA==\"", BigDecimal.class)).isEqualTo(new BigDecimal("1.10"));
	}

	private @Nullable Object read(String data, Class<?> type) {
		return read(ENVELOPE.formatted(data).getBytes(StandardCharsets.UTF_8), type);
	}

	private @Nullable Object read(byte[] event, Class<?> type) {
		return this.reader.read(record(event), type);
	}

	private static ConsumerRecord<byte[], byte[]> record(byte[] event) {
		ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("in", 0, 0, null, event);
		record.headers().add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
		return record;
	}

	record Amounts(BigDecimal big, BigDecimal small, @Nullable BigDecimal huge, @Nullable String text) {

	}

}
