package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.InboundRecord;
import dev.millrace.codec.OutboundRecord;
import dev.millrace.codec.StreamCodec;
import dev.millrace.codec.StreamCodecs;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.handler.TestDelivery;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bodies that several publishers of one value write.
 */
class PublishedBodyTests {

	private static final BodySettings BY_TOPIC = new BodySettings("topic", null);

	@Test
	void publishersThatAskForNothingShareABody() {
		List<ProducerRecord<byte[], byte[]>> records = publish(new BodyWriter(JsonMapper.shared()), BodySettings.NONE,
				BodySettings.NONE);

		assertThat(records.get(0).value()).isSameAs(records.get(1).value()).asString().isEqualTo("[1]");
	}

	@Test
	void eachPublisherWritesWhatItAsksFor() {
		StreamCodecs codecs = new StreamCodecs(Map.of("topic", new TopicCodec()), null);

		List<ProducerRecord<byte[], byte[]>> records = publish(new BodyWriter(JsonMapper.shared(), codecs),
				BodySettings.NONE, BY_TOPIC, BY_TOPIC, new BodySettings(null, "application/x+json"));

		assertThat(records).extracting((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.containsExactly("[1]", "t1", "t2", "[1]");
		assertThat(records.get(0).headers().lastHeader("content-type").value()).asString()
			.isEqualTo("application/json");
		assertThat(records.get(1).headers().lastHeader("content-type")).isNull();
		assertThat(records.get(3).headers().lastHeader("content-type").value()).asString()
			.isEqualTo("application/x+json");
	}

	@Test
	void whatTakesThePlaceOfADeclaredCollectionIsWrittenAsWhatItIs() {
		record Envelope(Object content) {
		}
		PublisherInterceptors enveloping = new PublisherInterceptors(
				List.of((record, publishing) -> publishing.proceed(record.withBody(new Envelope(record.body())))),
				(name) -> {
					throw new AssertionError(name);
				});

		assertThat(publish(List.of(1), enveloping)).isEqualTo("{\"content\":[1]}");
		assertThat(publish(Map.of("reason", "sold out"), PublisherInterceptors.NONE))
			.isEqualTo("{\"reason\":\"sold out\"}");
		assertThat(publish(Map.of("reason", "sold out"), enveloping))
			.isEqualTo("{\"content\":{\"reason\":\"sold out\"}}");
	}

	private static String publish(Object result, PublisherInterceptors interceptors) {
		ReplyPublisher publisher = new ReplyPublisher(TestEndpoint.publishing("out").handlers().get(0),
				ResolvableType.forClassWithGenerics(List.class, Integer.class), new BodyWriter(JsonMapper.shared()),
				null, interceptors);
		List<ProducerRecord<byte[], byte[]>> records = publisher.prepare(TestDelivery.of(TestRecord.of("in").build()),
				result);
		return new String(records.get(0).value(), StandardCharsets.UTF_8);
	}

	private static List<ProducerRecord<byte[], byte[]>> publish(BodyWriter writer, BodySettings... bodies) {
		List<PublisherEndpoint> publishers = new ArrayList<>();
		for (BodySettings body : bodies) {
			publishers.add(new PublisherEndpoint("t" + publishers.size(), null, null, Map.of(), body, List.of()));
		}
		HandlerEndpoint endpoint = TestEndpoint.publishing(publishers).handlers().get(0);
		return new ReplyPublisher(endpoint, ResolvableType.forClass(List.class), writer, null,
				PublisherInterceptors.NONE)
			.prepare(TestDelivery.of(TestRecord.of("in").build()), List.of(1));
	}

	private static final class TopicCodec implements StreamCodec {

		@Override
		public @Nullable Object read(InboundRecord record, ResolvableType target) {
			return null;
		}

		@Override
		public byte[] write(Object value, OutboundRecord record) {
			return record.topic().getBytes(StandardCharsets.UTF_8);
		}

	}

}
