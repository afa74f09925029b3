package dev.millrace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.InboundRecord;
import dev.millrace.codec.OutboundRecord;
import dev.millrace.codec.StreamCodec;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Codecs of an application on a real broker.
 */
@Timeout(120)
class CodecIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("codec-in", 1);

	private final String out = this.cluster.newTopic("codec-out", 1);

	@Test
	@Behaviour({ 95, 101, 105 })
	void codecOfAContentTypeReadsAndWrites() {
		send("1;mill", "text/csv");

		try (TestApplication application = start(Orders.class)) {
			ConsumerRecord<byte[], byte[]> reply = only(this.out);
			assertThat(TestCluster.text(reply.value())).isEqualTo("2;mill");
			assertThat(headers(reply)).contains("content-type=text/csv", "topic=" + this.out);
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void assumedContentTypeAndNamedCodecComeFromTheConfigurationToo() {
		send("1;mill", null);

		try (TestApplication application = start(Orders.class, "millrace.subscribers.orders.content-type=text/csv")) {
			assertThat(TestCluster.text(only(this.out).value())).isEqualTo("2;mill");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	@Behaviour(94)
	void namedCodecReadsRecordsThatSayThatTheyAreSomethingElse() {
		send("1;mill", "application/json");

		try (TestApplication application = start(Orders.class, "millrace.subscribers.orders.codec=csv")) {
			assertThat(TestCluster.text(only(this.out).value())).isEqualTo("2;mill");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void whatNoCodecCanReadBecomesADeadLetter() {
		send("a;mill", "text/csv");
		send("<order/>", "application/xml");
		send("1;mill", "text/csv");

		try (TestApplication application = start(Orders.class)) {
			assertThat(TestCluster.text(only(this.out).value())).isEqualTo("2;mill");
			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.end(this.in + "-dlt") == 2);
			List<ConsumerRecord<byte[], byte[]>> deadLetters = this.cluster.read(this.in + "-dlt");
			assertThat(deadLetters).extracting((record) -> TestCluster.text(record.value()))
				.containsExactly("a;mill", "<order/>");
			assertThat(headers(deadLetters.get(1))).anyMatch((header) -> header.contains("bean of type StreamCodec"));
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void registryThatDoesNotAnswerIsAskedAgain() {
		send("1;later", "text/csv");

		try (TestApplication application = start(Orders.class)) {
			assertThat(TestCluster.text(only(this.out).value())).isEqualTo("2;later");
			assertThat(application.bean(Csv.class).refusals).isEqualTo(3);
		}
	}

	@Test
	void cloudEventsInBinaryModeAreReadAndWritten() {
		RecordHeaders headers = new RecordHeaders();
		headers.add("ce_specversion", TestCluster.bytes("1.0"))
			.add("ce_id", TestCluster.bytes("7"))
			.add("ce_source", TestCluster.bytes("/mill"))
			.add("ce_type", TestCluster.bytes("order"))
			.add("content-type", TestCluster.bytes("application/json"));
		this.cluster.send(new ProducerRecord<>(this.in, null, (byte[]) null, TestCluster.bytes("{}"), headers));

		try (TestApplication application = start(Events.class)) {
			ConsumerRecord<byte[], byte[]> reply = only(this.out);
			assertThat(TestCluster.text(reply.value())).isEqualTo("{}");
			assertThat(headers(reply)).contains("ce_id=7", "ce_source=/mill", "ce_type=reply",
					"content-type=application/json");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	private TestApplication start(Class<?> configuration, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "in=" + this.in;
		all[properties.length + 1] = "out=" + this.out;
		return TestApplication.start(configuration, all);
	}

	private void send(String body, @Nullable String contentType) {
		RecordHeaders headers = new RecordHeaders();
		if (contentType != null) {
			headers.add("content-type", TestCluster.bytes(contentType));
		}
		this.cluster.send(new ProducerRecord<>(this.in, null, (byte[]) null, TestCluster.bytes(body), headers));
	}

	private ConsumerRecord<byte[], byte[]> only(String topic) {
		await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.end(topic) > 0);
		List<ConsumerRecord<byte[], byte[]>> records = this.cluster.read(topic);
		assertThat(records).hasSize(1);
		return records.get(0);
	}

	private static List<String> headers(ConsumerRecord<?, ?> record) {
		return Arrays.stream(record.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.toList();
	}

	static class Orders {

		@Bean
		Csv csv() {
			return new Csv();
		}

		@StreamSubscriber(topics = "${in}", id = "orders")
		@StreamPublisher(topic = "${out}", contentType = "text/csv")
		Order handle(Order order) {
			return new Order(order.id() + 1, order.item());
		}

	}

	static class Events {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		CloudEvent handle(CloudEvent event) {
			return CloudEventBuilder.from(event).withType("reply").build();
		}

	}

	record Order(int id, String item) {

	}

	static class Csv implements StreamCodec {

		private int refusals;

		@Override
		public List<String> contentTypes() {
			return List.of("text/csv");
		}

		@Override
		public Object read(InboundRecord record, ResolvableType target) {
			String[] fields = new String(record.body(), StandardCharsets.UTF_8).split(";");
			if (fields[1].equals("later") && this.refusals < 3) {
				this.refusals++;
				throw new StreamException("The registry does not answer", null);
			}
			return new Order(Integer.parseInt(fields[0]), fields[1]);
		}

		@Override
		public byte[] write(Object value, OutboundRecord record) {
			Order order = (Order) value;
			record.header("topic", record.topic());
			return (order.id() + ";" + order.item()).getBytes(StandardCharsets.UTF_8);
		}

	}

}
