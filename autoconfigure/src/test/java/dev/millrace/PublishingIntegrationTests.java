package dev.millrace;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What handlers return, as it arrives at the broker.
 */
@Timeout(120)
class PublishingIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("publish-in", 1);

	private final String out = TestCluster.newName("publish-out");

	@Test
	@Behaviour(33)
	void resultsOfEveryKindArePublished() {
		try (TestApplication application = start(Results.class)) {
			this.cluster.send(this.in, "key", "x");

			assertReply("text", "text/plain", "text of x");
			assertReply("bytes", "application/octet-stream", "bytes of x");
			assertReply("json", "application/json", "{\"id\":\"json of x\",\"count\":1}");
			assertReply("list", "application/json", "[{\"id\":\"x\",\"count\":1},{\"id\":\"x\",\"count\":2}]");
			assertReply("future", "text/plain", "future of x");
			assertReply("mono", "application/json", "{\"id\":\"mono of x\",\"count\":1}");
			assertReply("optional", "text/plain", "optional of x");
			assertThat(application.bean(Results.class)).isNotNull();
		}
	}

	@Test
	void nothingIsPublishedWhereThereIsNothingAndTheRecordIsDone() {
		try (TestApplication application = start(Nothing.class)) {
			this.cluster.send(this.in, "key", "x");

			for (String id : List.of("null", "empty", "future", "mono", "nested")) {
				await().atMost(Duration.ofSeconds(30))
					.until(() -> this.cluster.committed("test." + id, this.in), (offset) -> offset == 1);
			}
			assertThat(this.cluster.end(this.out)).isZero();
			assertThat(application.bean(Nothing.class)).isNotNull();
		}
	}

	@Test
	@Behaviour(26)
	void everyPublisherHasAKeyAPartitionAndHeadersOfItsOwn() {
		for (String suffix : List.of(".kept", ".keyed", ".literal", ".unkeyed")) {
			this.cluster.create(this.out + suffix, 3, Map.of());
		}
		try (TestApplication application = start(Several.class)) {
			this.cluster
				.send(new ProducerRecord<>(this.in, null, new byte[] { 0, (byte) 0xFF }, TestCluster.bytes("o-7")));

			assertThat(reply("kept").key()).isEqualTo(new byte[] { 0, (byte) 0xFF });
			assertThat(TestCluster.text(reply("keyed").key())).isEqualTo("o-7");
			assertThat(reply("keyed").partition()).isEqualTo(2);
			assertThat(TestCluster.text(reply("literal").key())).isEqualTo("all");
			assertThat(names(reply("literal"))).containsExactly("content-type=application/json",
					"correlation_id=" + this.in + "-0@0", "source=test", "empty=");
			assertThat(reply("unkeyed").key()).isNull();
			assertThat(application.bean(Several.class).calls).isEqualTo(1);
		}
	}

	private TestApplication start(Class<?> configuration) {
		return TestApplication.start(configuration, "in=" + this.in, "out=" + this.out);
	}

	private void assertReply(String name, String contentType, String body) {
		ConsumerRecord<byte[], byte[]> reply = reply(name);
		assertThat(TestCluster.text(reply.value())).isEqualTo(body);
		assertThat(TestCluster.text(reply.key())).isEqualTo("key");
		assertThat(names(reply)).containsExactly("content-type=" + contentType, "correlation_id=" + this.in + "-0@0");
	}

	private ConsumerRecord<byte[], byte[]> reply(String name) {
		List<ConsumerRecord<byte[], byte[]>> replies = await().atMost(Duration.ofSeconds(30))
			.until(() -> this.cluster.read(this.out + "." + name), (records) -> !records.isEmpty());
		assertThat(replies).hasSize(1);
		return replies.get(0);
	}

	private static List<String> names(ConsumerRecord<?, ?> record) {
		return Arrays.stream(record.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.toList();
	}

	/**
	 * Published value.
	 */
	record Order(String id, int count) {

	}

	static class Results {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.text")
		String text(String body) {
			return "text of " + body;
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.bytes")
		byte[] bytes(String body) {
			return TestCluster.bytes("bytes of " + body);
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.json")
		Order json(String body) {
			return new Order("json of " + body, 1);
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.list")
		List<Order> list(String body) {
			return List.of(new Order(body, 1), new Order(body, 2));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.future")
		CompletionStage<String> future(String body) {
			return CompletableFuture.supplyAsync(() -> "future of " + body,
					CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.mono")
		Mono<Order> mono(String body) {
			return Mono.delay(Duration.ofMillis(50)).map((tick) -> new Order("mono of " + body, 1));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.optional")
		Optional<String> optional(String body) {
			return Optional.of("optional of " + body);
		}

	}

	static class Nothing {

		@StreamSubscriber(topics = "${in}", id = "null")
		@StreamPublisher("${out}")
		@Nullable String nothing(String body) {
			return null;
		}

		@StreamSubscriber(topics = "${in}", id = "empty")
		@StreamPublisher("${out}")
		Optional<String> empty(String body) {
			return Optional.empty();
		}

		@StreamSubscriber(topics = "${in}", id = "future")
		@StreamPublisher("${out}")
		CompletableFuture<@Nullable String> future(String body) {
			return CompletableFuture.completedFuture(null);
		}

		@StreamSubscriber(topics = "${in}", id = "mono")
		@StreamPublisher("${out}")
		Mono<String> mono(String body) {
			return Mono.empty();
		}

		@StreamSubscriber(topics = "${in}", id = "nested")
		@StreamPublisher("${out}")
		Mono<Optional<String>> nested(String body) {
			return Mono.just(Optional.empty());
		}

	}

	static class Several {

		private int calls;

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.kept")
		@StreamPublisher(topic = "${out}.keyed", key = "id", partition = "count % 3")
		@StreamPublisher(topic = "${out}.literal", key = "'all'", headers = { "source=test", "empty=" })
		@StreamPublisher(topic = "${out}.unkeyed", key = "null")
		Order handle(String body) {
			this.calls++;
			return new Order(body, 5);
		}

	}

}
