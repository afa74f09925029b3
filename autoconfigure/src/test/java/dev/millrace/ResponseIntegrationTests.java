package dev.millrace;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import reactor.core.publisher.Mono;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Responses of handlers as they arrive at the broker.
 */
@Timeout(120)
class ResponseIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("response-in", 1);

	private final String out = TestCluster.newName("response-out");

	@Test
	@Behaviour({ 19, 121, 201 })
	void everythingTheResponseSaysIsInTheRecordAndWins() {
		this.cluster.create(this.out + ".everything", 3, Map.of());
		try (TestApplication application = start(Everything.class)) {
			ConsumerRecord<byte[], byte[]> record = only("everything");

			assertThat(record.partition()).isEqualTo(2);
			assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
			assertThat(TestCluster.text(record.key())).isEqualTo("mine");
			assertThat(TestCluster.text(record.value())).isEqualTo("{\"id\":\"x\",\"count\":1}");
			assertThat(headers(record)).containsExactly("content-type=application/json", "declared=yes",
					"correlation_id=my-id", "reply_to=answers", "both=response");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void whatTheResponseDoesNotSayIsLeftToThePublisher() {
		this.cluster.create(this.out + ".keyed", 3, Map.of());
		try (TestApplication application = start(Body.class)) {
			assertThat(TestCluster.text(only("keyed").key())).isEqualTo("x");
			assertThat(only("keyed").partition()).isEqualTo(1);
			assertThat(headers(only("keyed"))).containsExactly("content-type=application/json",
					"correlation_id=" + this.in + "-0@0");
			assertThat(TestCluster.text(only("kept").key())).isEqualTo("key");
			assertThat(only("unkeyed").key()).isNull();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	@Behaviour(34)
	void responseIsFoundInEverythingThatMayHoldAResult() {
		try (TestApplication application = start(Wrapped.class)) {
			for (String name : List.of("optional", "stage", "mono", "object")) {
				assertThat(TestCluster.text(only(name).key())).as(name).isEqualTo("mine");
				assertThat(TestCluster.text(only(name).value())).as(name).isEqualTo("of " + name);
			}
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void responseWithATopicGoesThereOnce() {
		for (String topic : List.of(".chosen", ".publisher-1", ".publisher-2")) {
			this.cluster.create(this.out + topic, 1, Map.of());
		}
		try (TestApplication application = start(Topics.class)) {
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.out + ".chosen") >= 2);

			assertThat(this.cluster.read(this.out + ".chosen").stream().map((record) -> headers(record).get(0)))
				.containsExactlyInAnyOrder("content-type=text/plain", "content-type=text/plain");
			assertThat(this.cluster.read(this.out + ".chosen")
				.stream()
				.map((record) -> TestCluster.text(record.value()) + " " + TestCluster.text(record.key()) + " "
						+ TestCluster.header(record, "from")))
				.containsExactlyInAnyOrder("alone key null", "beside key first");
			assertThat(this.cluster.end(this.out + ".publisher-1")).isZero();
			assertThat(this.cluster.end(this.out + ".publisher-2")).isZero();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void eachResponseOfACollectionIsARecord() {
		try (TestApplication application = start(Several.class)) {
			for (String name : List.of("typed", "untyped")) {
				assertThat(read(name, 3)
					.map((record) -> TestCluster.text(record.key()) + "=" + TestCluster.text(record.value()))).as(name)
					.containsExactly("a={\"id\":\"first\",\"count\":1}", "b={\"id\":\"second\",\"count\":2}", "c=null");
			}
			assertThat(read("plain", 1).map((record) -> TestCluster.text(record.value())))
				.containsExactly("[{\"id\":\"first\",\"count\":1},{\"id\":\"second\",\"count\":2}]");
			assertThat(read("one", 1).map((record) -> TestCluster.text(record.value())))
				.containsExactly("[{\"id\":\"first\",\"count\":1}]");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.empty", this.in) == 1);
			assertThat(this.cluster.end(this.out + ".empty")).isZero();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	@Behaviour(122)
	void tombstoneIsARecordWithoutAValue() {
		try (TestApplication application = start(Tombstones.class)) {
			for (String name : List.of("tombstone", "response")) {
				assertThat(TestCluster.text(only(name).key())).isEqualTo("gone");
				assertThat(only(name).value()).isNull();
				assertThat(headers(only(name))).containsExactly("content-type=", "correlation_id=" + this.in + "-0@0");
			}
			assertThat(application.context().isActive()).isTrue();
		}
	}

	private TestApplication start(Class<?> configuration) {
		TestApplication application = TestApplication.start(configuration, "in=" + this.in, "out=" + this.out);
		this.cluster.send(this.in, "key", "x");
		return application;
	}

	private ConsumerRecord<byte[], byte[]> only(String name) {
		return read(name, 1).toList().get(0);
	}

	private Stream<ConsumerRecord<byte[], byte[]>> read(String name, int count) {
		List<ConsumerRecord<byte[], byte[]>> records = await().atMost(Duration.ofSeconds(20))
			.until(() -> this.cluster.read(this.out + "." + name), (read) -> read.size() >= count);
		assertThat(records).as(name).hasSize(count);
		return records.stream();
	}

	private static List<String> headers(ConsumerRecord<?, ?> record) {
		return Arrays.stream(record.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.toList();
	}

	/**
	 * Body of a response.
	 */
	record Order(String id, int count) {

	}

	static class Everything {

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}.everything", key = "id", partition = "1",
				headers = { "declared=yes", "both=publisher" })
		Response<Order> handle(String body) {
			return Response.of(new Order(body, 1))
				.withKey("mine")
				.withPartition(2)
				.withTimestamp(Instant.ofEpochMilli(1_700_000_000_123L))
				.withHeader("both", "response")
				.withCorrelationId("my-id")
				.withReplyTo("answers");
		}

	}

	static class Body {

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}.keyed", key = "id", partition = "count")
		Response<Order> keyed(String body) {
			return Response.of(new Order(body, 1));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.kept")
		Response<Order> kept(String body) {
			return Response.of(new Order(body, 1));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}.unkeyed", key = "id")
		Response<Order> unkeyed(String body) {
			return Response.of(new Order(body, 1)).withKey(null);
		}

	}

	static class Wrapped {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.optional")
		Optional<Response<String>> optional(String body) {
			return Optional.of(response("optional"));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.stage")
		CompletionStage<Response<String>> stage(String body) {
			return CompletableFuture.supplyAsync(() -> response("stage"));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.mono")
		Mono<Response<String>> mono(String body) {
			return Mono.delay(Duration.ofMillis(20)).map((tick) -> response("mono"));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.object")
		Object object(String body) {
			return response("object");
		}

		private static Response<String> response(String name) {
			return Response.of("of " + name).withKey("mine");
		}

	}

	static class Topics {

		@Value("${out}")
		private String out;

		@StreamSubscriber("${in}")
		Response<String> alone(String body) {
			return Response.of("alone").withTopic(this.out + ".chosen");
		}

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}.publisher-1", headers = "from=first")
		@StreamPublisher(topic = "${out}.publisher-2", headers = "from=second")
		Response<String> beside(String body) {
			return Response.of("beside").withTopic(this.out + ".chosen");
		}

	}

	static class Several {

		private static final Order FIRST = new Order("first", 1);

		private static final Order SECOND = new Order("second", 2);

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}.typed", key = "id")
		List<Response<Order>> typed(String body) {
			return List.of(Response.of(FIRST).withKey("a"), Response.of(SECOND).withKey("b"), Response.tombstone("c"));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.untyped")
		Collection<Object> untyped(String body) {
			return List.of(Response.of(FIRST).withKey("a"), Response.of(SECOND).withKey("b"), Tombstone.of("c"));
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.plain")
		List<Order> plain(String body) {
			return List.of(FIRST, SECOND);
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.one")
		Response<List<Order>> one(String body) {
			return Response.of(List.of(FIRST));
		}

		@StreamSubscriber(topics = "${in}", id = "empty")
		@StreamPublisher("${out}.empty")
		List<Response<Order>> empty(String body) {
			return List.of();
		}

	}

	static class Tombstones {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}.tombstone")
		Tombstone tombstone(String body) {
			return Tombstone.of("gone");
		}

		@StreamSubscriber("${in}")
		@StreamPublisher(topic = "${out}.response", key = "id")
		Response<Order> response(String body) {
			return Response.tombstone("gone");
		}

	}

}
