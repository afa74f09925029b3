package dev.millrace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records as FastStream writes them, byte for byte, and what Millrace answers.
 */
@Timeout(120)
class InteroperabilityIntegrationTests {

	private static final String ID = "185159d6-fd64-4769-a470-540b8c29e5c9";

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("interop-in", 1);

	private final String out = this.cluster.newTopic("interop-out", 1);

	@Test
	@Behaviour(213)
	void textOfAnyContentTypeIsReadAsText() {
		exchange(Texts.class,
				List.of(marked("text/plain", "h\u00e9llo"), marked("text/plain", ""), marked("text/plain", "{\"a\":1}"),
						marked("text/plain; charset=utf-8", "x"), marked("application/json", "\"q\""),
						marked("application/json", "42"), marked("", "hello"), unmarked("hello")));

		assertReplies("text/plain", "h\u00e9llo", "", "{\"a\":1}", "x", "q", "42", "hello", "hello");
	}

	@Test
	@Behaviour({ 102, 106, 214 })
	void jsonIsReadAndWrittenAsJson() {
		String json = "{\"user\":\"J\u00f6hn\",\"user_id\":1,\"n\":null,\"f\":1.0,\"nested\":{\"l\":[1,2]}}";
		exchange(Objects.class,
				List.of(marked("application/json", json), marked("application/json; charset=utf-8", json),
						marked("application/vnd.x+json", json), marked("", json), unmarked(json),
						marked("application/json", "{\"user\": \"J\\u00f6hn\", \"user_id\": 1}")));

		assertReplies("application/json", json, json, json, json, json, "{\"user\":\"J\u00f6hn\",\"user_id\":1}");
	}

	@Test
	void fieldsOfAnObjectAreReadByNameAndNullsAreSeen() {
		exchange(Fields.class,
				List.of(marked("application/json",
						"{\"user\":\"John\",\"user_id\":1,\"tag\":null,\"when\":\"2026-01-02T03:04:05Z\"}"),
						marked("application/json", "[\"A\",2]")));

		assertReplies("text/plain", "John 1 null 2026-01-02T03:04:05Z", "A 2 null null");
	}

	@Test
	@Behaviour(215)
	void bytesAreReadAndWrittenAsTheyAre() {
		byte[] raw = { 0, (byte) 0xFF, 'r', 'a', 'w' };
		exchange(Raw.class,
				List.of(record(raw, new RecordHeaders().add("content-type", new byte[0]), ID),
						record(raw, new RecordHeaders(), ID), record(raw, header("content-type", "image/png"), ID),
						marked("application/octet-stream", "{\"a\":1}")));

		List<ConsumerRecord<byte[], byte[]>> replies = replies(4);
		assertThat(replies.get(0).value()).isEqualTo(raw);
		assertThat(replies.get(1).value()).isEqualTo(raw);
		assertThat(replies.get(2).value()).isEqualTo(raw);
		assertThat(replies).allSatisfy((reply) -> assertHeaders(reply, "application/octet-stream", ID));
	}

	@Test
	@Behaviour(150)
	void noneIsSeenAsNothingWithAndWithoutAKey() {
		RecordHeaders empty = new RecordHeaders();
		empty.add("content-type", new byte[0]).add("correlation_id", TestCluster.bytes(ID));
		exchange(Maybe.class,
				List.of(new ProducerRecord<>(this.in, null, TestCluster.bytes("k1"), null, empty),
						record(new byte[0], header("content-type", ""), ID), marked("application/json", "null"),
						marked("application/json", "5")));

		assertReplies("text/plain", "nothing", "nothing", "nothing", "5");
		assertThat(TestCluster.text(replies(4).get(0).key())).isEqualTo("k1");
	}

	@Test
	void headersFromElsewhereNeverReachTheReply() {
		RecordHeaders binary = header("correlation_id", ID);
		binary.add("kafka_dlt-original-timestamp", new byte[] { 0, 0, 1, (byte) 0x9A, (byte) 0xFF })
			.add("nothing", null)
			.add("reply_to", TestCluster.bytes(this.cluster.newTopic("elsewhere", 1)))
			.add("__TypeId__", TestCluster.bytes("com.example.User"));
		exchange(Texts.class,
				List.of(record(TestCluster.bytes("a"), binary, null),
						record(TestCluster.bytes("b"), new RecordHeaders().add("correlation_id", null), null),
						record(TestCluster.bytes("c"),
								new RecordHeaders().add("correlation_id", new byte[] { (byte) 0xFF }), null),
						record(TestCluster.bytes("d"), new RecordHeaders().add("correlation_id", new byte[0]), null)));

		List<ConsumerRecord<byte[], byte[]>> replies = replies(4);
		assertHeaders(replies.get(0), "text/plain", ID);
		for (int offset = 1; offset < 4; offset++) {
			assertHeaders(replies.get(offset), "text/plain", this.in + "-0@" + offset);
		}
	}

	private void exchange(Class<?> handler, List<ProducerRecord<byte[], byte[]>> records) {
		records.forEach(this.cluster::send);
		try (TestApplication application = TestApplication.start(handler, "in=" + this.in, "out=" + this.out)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.end(this.out) >= records.size());
			assertThat(application.context().isActive()).isTrue();
		}
	}

	private void assertReplies(String contentType, String... bodies) {
		List<ConsumerRecord<byte[], byte[]>> replies = replies(bodies.length);
		for (int i = 0; i < bodies.length; i++) {
			assertThat(replies.get(i).value()).isEqualTo(bodies[i].getBytes(StandardCharsets.UTF_8));
			assertHeaders(replies.get(i), contentType, ID);
		}
	}

	private List<ConsumerRecord<byte[], byte[]>> replies(int count) {
		List<ConsumerRecord<byte[], byte[]>> replies = this.cluster.read(this.out);
		assertThat(replies).hasSize(count);
		return replies;
	}

	private static void assertHeaders(ConsumerRecord<?, ?> reply, String contentType, String correlationId) {
		assertThat(Arrays.stream(reply.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value())))
			.containsExactly("content-type=" + contentType, "correlation_id=" + correlationId);
	}

	private ProducerRecord<byte[], byte[]> marked(String contentType, String body) {
		return record(TestCluster.bytes(body), header("content-type", contentType), ID);
	}

	private ProducerRecord<byte[], byte[]> unmarked(String body) {
		return record(TestCluster.bytes(body), new RecordHeaders(), ID);
	}

	private ProducerRecord<byte[], byte[]> record(byte[] body, Headers headers, @Nullable String correlationId) {
		if (correlationId != null) {
			headers.add("correlation_id", TestCluster.bytes(correlationId));
		}
		return new ProducerRecord<>(this.in, null, (byte[]) null, body, headers);
	}

	private static RecordHeaders header(String name, String value) {
		RecordHeaders headers = new RecordHeaders();
		headers.add(name, TestCluster.bytes(value));
		return headers;
	}

	static class Texts {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(String body) {
			return body;
		}

	}

	static class Objects {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		Map<String, Object> handle(Map<String, Object> body) {
			return body;
		}

	}

	static class Fields {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(String user, int userId, @Nullable String tag, @Nullable Instant when) {
			return user + " " + userId + " " + tag + " " + when;
		}

	}

	static class Raw {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		byte[] handle(byte[] body) {
			return body;
		}

	}

	static class Maybe {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(Optional<Integer> body) {
			return body.map(String::valueOf).orElse("nothing");
		}

	}

}
