package dev.millrace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;
import org.springframework.messaging.handler.annotation.Header;

import dev.millrace.annotation.Key;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What handlers of batches get, and what becomes of what they return.
 */
@Timeout(120)
class BatchHandlerIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("batch-handler-in", 1);

	private final String out = this.cluster.newTopic("batch-handler-out", 1);

	@Test
	void listsAreParallel() {
		send("a", "{\"id\":1}", "x", "1");
		send("b", "{\"id\":2}", null, null);
		send(null, "{\"id\":3}", "x", "3");
		try (TestApplication application = start(Everything.class)) {
			awaitCommitted("test.everything", 3);
			assertThat(application.bean(Everything.class).calls).containsExactly("ids [1, 2, 3]", "keys [a, b, null]",
					"x [Optional[1], Optional.empty, Optional[3]]", "headers 3", "offsets [0, 1, 2]",
					"records [1, 2, 3]", "attempts [1, 1, 1]");
		}
	}

	@Test
	void fieldsAreSpreadOverLists() {
		send("a", "{\"user\":\"john\",\"age\":1}", null, null);
		send("b", "{\"user\":\"mary\",\"age\":2}", null, null);
		try (TestApplication application = start(Fields.class)) {
			awaitCommitted("test.fields", 2);
			assertThat(application.bean(Fields.class).calls).containsExactly("[john, mary] [1, 2]");
		}
	}

	@Test
	void tombstonesAreEmptyElements() {
		send("a", "x", null, null);
		send("b", null, null, null);
		try (TestApplication application = start(Tombstones.class)) {
			awaitCommitted("test.optional", 2);
			awaitCommitted("test.nullable", 2);
			awaitCommitted("test.required", 2);
			assertThat(application.bean(Tombstones.class).calls)
				.containsExactlyInAnyOrder("[Optional[x], Optional.empty]", "nullable [x, null]", "required [x]");
			assertThat(this.cluster.read(this.in + "-dlt")).singleElement()
				.satisfies((letter) -> assertThat(letter.value()).isNull());
		}
	}

	@Test
	void elementThatIsNotAcceptedByTheFilterIsNotInTheBatch() {
		send("a", "1", "kind", "good");
		send("b", "2", "kind", "bad");
		send("c", "3", "kind", "good");
		try (TestApplication application = start(Filtered.class)) {
			awaitCommitted("test.filtered", 3);
			assertThat(application.bean(Filtered.class).calls).containsExactly("[1, 3]");
			assertThat(this.cluster.values(this.in + "-dlt")).isEmpty();
		}
	}

	@Test
	void eachElementOfAListOfTheSameSizeIsTheReplyToItsRecord() {
		send("a", "1", "correlation_id", "c1");
		send("b", "2", "correlation_id", "c2");
		send("c", "3", "correlation_id", "c3");
		send(null, "4", "correlation_id", "c4");
		try (TestApplication application = start(Replies.class)) {
			awaitCommitted("test.replies", 4);
			assertThat(application.context().isActive()).isTrue();
		}
		assertThat(this.cluster.read(this.out))
			.extracting((reply) -> text(reply.key()) + "=" + text(reply.value()) + " "
					+ TestCluster.header(reply, "correlation_id") + " " + TestCluster.header(reply, "content-type"))
			.containsExactly("a=re 1 c1 text/plain", "c=re 3 c3 text/plain", "null=re 4 c4 text/plain");
	}

	@Test
	void elementsOfOtherCollectionsBelongToTheWholeBatch() {
		send("a", "1", "correlation_id", "c1");
		send("b", "2", "correlation_id", "c2");
		send("c", "3", "correlation_id", "c3");
		try (TestApplication application = start(Totals.class)) {
			awaitCommitted("test.totals", 3);
			awaitCommitted("test.single", 3);
			awaitCommitted("test.keyed", 3);
			assertThat(application.context().isActive()).isTrue();
		}
		assertThat(this.cluster.read(this.out)).extracting((reply) -> text(reply.key()) + "=" + text(reply.value()))
			.containsExactlyInAnyOrder("null=sum 6", "null=max 3", "null=min 1", "null={\"sum\":6}",
					"odd={\"name\":\"odd\"}", "even={\"name\":\"even\"}");
	}

	@Test
	void replyThatTheBrokerRefusesFailsItsOwnRecordOnly() {
		this.cluster.configure(this.out, "max.message.bytes", "300");
		send("a", "1", null, null);
		send("b", "x".repeat(1000), null, null);
		send("c", "3", null, null);
		try (TestApplication application = start(Replies.class)) {
			awaitCommitted("test.replies", 3);
			assertThat(application.bean(Replies.class).calls).hasSize(1);
		}
		assertThat(this.cluster.values(this.out)).containsExactly("re 1", "re 3");
		assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("x".repeat(1000));
	}

	@Test
	void sharedReplyThatTheBrokerRefusesFailsAllRecords() {
		this.cluster.configure(this.out, "max.message.bytes", "300");
		send("a", "1", null, null);
		send("b", "2", null, null);
		try (TestApplication application = start(Oversized.class)) {
			awaitCommitted("test.oversized", 2);
			assertThat(application.bean(Oversized.class).calls).hasSize(1);
		}
		assertThat(this.cluster.values(this.in + "-dlt")).containsExactlyInAnyOrder("1", "2");
		// The part that was confirmed is not sent again.
		assertThat(this.cluster.values(this.out)).containsExactly("small");
	}

	private void send(@Nullable String key, @Nullable String body, @Nullable String header, @Nullable String value) {
		Headers headers = new RecordHeaders();
		if (header != null) {
			headers.add(header, value.getBytes(StandardCharsets.UTF_8));
		}
		this.cluster.send(new ProducerRecord<>(this.in, 0, null, (key != null) ? TestCluster.bytes(key) : null,
				(body != null) ? TestCluster.bytes(body) : null, headers));
	}

	private void awaitCommitted(String group, long offset) {
		await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.committed(group, this.in) == offset);
	}

	private TestApplication start(Class<?> handler) {
		return TestApplication.start(handler, "in=" + this.in, "out=" + this.out);
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? TestCluster.text(bytes) : null;
	}

	static class Handler {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

	}

	record Id(int id) {

	}

	record Sum(int sum) {

	}

	record Group(String name) {

	}

	static class Everything extends Handler {

		@StreamSubscriber(topics = "${in}", id = "everything", batch = true)
		void handle(List<Id> ids, @Key List<@Nullable String> keys, @Header("x") List<Optional<Integer>> x,
				List<Headers> headers, List<ConsumerRecordMetadata> metadata, List<ConsumerRecord<String, Id>> records,
				Collection<StreamRecord> deliveries) {
			this.calls.add("ids " + ids.stream().map(Id::id).toList());
			this.calls.add("keys " + keys);
			this.calls.add("x " + x);
			this.calls.add("headers " + headers.size());
			this.calls.add("offsets " + metadata.stream().map(ConsumerRecordMetadata::offset).toList());
			this.calls.add("records " + records.stream().map((record) -> record.value().id()).toList());
			this.calls.add("attempts " + deliveries.stream().map(StreamRecord::attempt).toList());
		}

	}

	static class Fields extends Handler {

		@StreamSubscriber(topics = "${in}", id = "fields", batch = true)
		void handle(List<String> user, List<Integer> age) {
			this.calls.add(user + " " + age);
		}

	}

	static class Tombstones extends Handler {

		@StreamSubscriber(topics = "${in}", id = "optional", batch = true)
		void optional(List<Optional<String>> bodies) {
			this.calls.add(bodies.toString());
		}

		@StreamSubscriber(topics = "${in}", id = "nullable", batch = true)
		void nullable(List<@Nullable String> bodies) {
			this.calls.add("nullable " + bodies);
		}

		@StreamSubscriber(topics = "${in}", id = "required", batch = true)
		void required(List<String> bodies) {
			this.calls.add("required " + bodies);
		}

	}

	static class Filtered extends Handler {

		@StreamSubscriber(topics = "${in}", id = "filtered", batch = true, unmatched = Unmatched.SKIP)
		@StreamFilter(headers = "kind=good")
		void handle(List<Integer> numbers) {
			this.calls.add(numbers.toString());
		}

	}

	static class Replies extends Handler {

		@StreamSubscriber(topics = "${in}", id = "replies", batch = true)
		@StreamPublisher("${out}")
		@Retry(attempts = "1")
		List<@Nullable String> handle(List<String> bodies) {
			this.calls.add("" + bodies.size());
			List<@Nullable String> replies = new ArrayList<>();
			bodies.forEach((body) -> replies.add(body.equals("2") ? null : "re " + body));
			return replies;
		}

	}

	static class Totals {

		@StreamSubscriber(topics = "${in}", id = "totals", batch = true)
		@StreamPublisher("${out}")
		Collection<String> totals(List<Integer> numbers) {
			int sum = numbers.stream().mapToInt((number) -> number).sum();
			return new LinkedHashSet<>(List.of("sum " + sum, "max 3", "min 1"));
		}

		@StreamSubscriber(topics = "${in}", id = "single", batch = true)
		@StreamPublisher("${out}")
		Sum single(List<Integer> numbers) {
			return new Sum(numbers.stream().mapToInt((number) -> number).sum());
		}

		@StreamSubscriber(topics = "${in}", id = "keyed", batch = true)
		@StreamPublisher(topic = "${out}", key = "name")
		List<Group> keyed(List<Integer> numbers) {
			return List.of(new Group("odd"), new Group("even"));
		}

	}

	static class Oversized extends Handler {

		@StreamSubscriber(topics = "${in}", id = "oversized", batch = true)
		@StreamPublisher("${out}")
		@Retry(attempts = "2", delay = "10ms")
		Collection<String> handle(List<String> bodies) {
			this.calls.add("" + bodies.size());
			return Stream.of("small", "x".repeat(1000)).collect(Collectors.toSet());
		}

	}

}
