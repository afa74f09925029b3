package dev.millrace.wire;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.handler.TestDelivery;
import dev.millrace.publisher.PublisherInterceptors;
import dev.millrace.publisher.ReplyPublisher;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What FastStream has written is read as the right value, and what is written for that
 * value is, to FastStream, the same one.
 */
class WireTests {

	static Stream<Arguments> handlers() {
		return Capture.all()
			.stream()
			.flatMap((capture) -> capture.handlers().map((name) -> Arguments.of(capture, name)));
	}

	/**
	 * All but those that are not the same any more, which have tests of their own, and
	 * {@code None}, for which nothing is published.
	 * @return the captures
	 */
	static Stream<Capture> values() {
		return Capture.all()
			.stream()
			.filter((capture) -> !capture.name().matches("(pub|reply)-nan@0|(pydantic1-)?pub-opts@0"))
			.filter((capture) -> !capture.expected().get(capture.nearestHandler()).equals("null"));
	}

	@Test
	void everyCaptureIsThere() {
		assertThat(Capture.all()).hasSize(93);
		assertThat(values()).hasSize(84);
	}

	@ParameterizedTest(name = "{0} as {1}")
	@MethodSource("handlers")
	void captureIsReadAsTheRightValue(Capture capture, String handler) throws Exception {
		Object value = WireHandlers.call(handler, capture.record());

		assertThat(WireHandlers.describe(value)).isEqualTo(capture.expected().get(handler));
	}

	@ParameterizedTest
	@MethodSource("values")
	void whatIsWrittenIsTheSameToFastStream(Capture capture) throws Exception {
		ConsumerRecord<byte[], byte[]> original = capture.record();

		ProducerRecord<byte[], byte[]> reply = reply(original, WireHandlers.call(capture.nearestHandler(), original),
				BodySettings.NONE);

		assertThat(FastStreamReader.read(reply.headers(), reply.value()))
			.isEqualTo(FastStreamReader.read(original.headers(), original.value()));
		assertThat(reply.headers().lastHeader("correlation_id").value())
			.isEqualTo(original.headers().lastHeader("correlation_id").value());
		assertThat(reply.headers().toArray()).extracting((header) -> header.key())
			.containsExactly("content-type", "correlation_id");
	}

	@ParameterizedTest
	@MethodSource("values")
	void textAndCompactJsonAreTheSameBytes(Capture capture) throws Exception {
		ConsumerRecord<byte[], byte[]> original = capture.record();

		ProducerRecord<byte[], byte[]> reply = reply(original, WireHandlers.call(capture.nearestHandler(), original),
				BodySettings.NONE);

		if (!capture.name().startsWith("pydantic1-")) {
			assertThat(reply.value()).isEqualTo(original.value());
		}
	}

	@Test
	void notANumberIsWrittenAsTextBecauseItIsNoJson() throws Exception {
		ConsumerRecord<byte[], byte[]> original = Capture.named("pub-nan@0").record();

		ProducerRecord<byte[], byte[]> reply = reply(original, WireHandlers.call("number", original),
				BodySettings.NONE);

		assertThat(FastStreamReader.read(reply.headers(), reply.value())).isEqualTo("NaN");
	}

	@Test
	void decimalIsWrittenAsNumber() {
		ConsumerRecord<byte[], byte[]> original = Capture.named("pub-decimal@0").record();

		ProducerRecord<byte[], byte[]> reply = reply(original, new WireHandlers.Price(new BigDecimal("1.10")),
				BodySettings.NONE);

		assertThat(FastStreamReader.read(reply.headers(), reply.value())).isEqualTo(Map.of("d", 1.1));
	}

	@Test
	void contentTypeThatFastStreamWasToldIsWrittenWhereItIsAskedFor() throws Exception {
		ConsumerRecord<byte[], byte[]> original = Capture.named("pub-opts@0").record();

		ProducerRecord<byte[], byte[]> reply = reply(original, WireHandlers.call("map", original),
				new BodySettings(null, "application/vnd.x+json"));

		assertThat(reply.value()).isEqualTo(original.value());
		assertThat(reply.key()).isEqualTo(original.key());
		assertThat(reply.headers().lastHeader("content-type").value())
			.isEqualTo(original.headers().lastHeader("content-type").value());
	}

	private static ProducerRecord<byte[], byte[]> reply(ConsumerRecord<byte[], byte[]> original, Object value,
			BodySettings body) {
		HandlerEndpoint endpoint = TestEndpoint
			.publishing(List.of(new PublisherEndpoint("out", null, null, Map.of(), body, List.of())))
			.handlers()
			.get(0);
		return new ReplyPublisher(endpoint, ResolvableType.forClass(value.getClass()),
				new BodyWriter(JsonMapper.shared()), null, PublisherInterceptors.NONE)
			.prepare(TestDelivery.of(original), value)
			.get(0);
	}

}
