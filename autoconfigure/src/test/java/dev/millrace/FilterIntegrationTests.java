package dev.millrace;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several handlers behind one subscription.
 */
@Timeout(120)
class FilterIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	@Test
	@Behaviour(8)
	void eachRecordGoesToTheFirstHandlerThatTakesIt() {
		String in = this.cluster.newTopic("filter-in", 1);
		String out = this.cluster.newTopic("filter-out", 1);
		try (TestApplication application = TestApplication.start(Events.class, "in=" + in, "out=" + out)) {
			send(in, "application/json", "{\"type\":\"created\",\"id\":1}");
			send(in, "application/json; charset=utf-8", "{\"type\":\"cancelled\",\"id\":2}");
			send(in, "text/plain", "three");
			send(in, "application/json", "{\"type\":\"other\",\"id\":4}");
			await().atMost(LONG).until(() -> this.cluster.committed("test.events", in) == 4);
			assertThat(application.bean(Events.class).calls).containsExactly("created 1",
					"json {\"type\":\"cancelled\",\"id\":2}", "rest three", "json {\"type\":\"other\",\"id\":4}");
			assertThat(this.cluster.values(out)).containsExactly("1");
		}
	}

	@Test
	void recordThatNoHandlerTakesBecomesADeadLetterAtOnce() {
		String in = this.cluster.newTopic("unmatched-in", 1);
		try (TestApplication application = TestApplication.start(Orders.class, "in=" + in)) {
			this.cluster.send(in, "a", "1");
			this.cluster.send(in, "b", "2");
			this.cluster.send(in, "a", "3");
			await().atMost(LONG).until(() -> this.cluster.committed("test.orders", in) == 3);
			assertThat(application.bean(Orders.class).calls).containsExactly("1", "3");
			ConsumerRecord<byte[], byte[]> letter = this.cluster.read(in + "-dlt").get(0);
			assertThat(letter.value()).asString().isEqualTo("2");
			assertThat(TestCluster.header(letter, "dead-letter-exception-class-name"))
				.isEqualTo(UnmatchedRecordException.class.getName());
			assertThat(TestCluster.header(letter, "dead-letter-attempts")).isEqualTo("1");
			assertThat(TestCluster.header(letter, "dead-letter-reason")).contains("No handler of Subscriber 'orders'");
		}
	}

	@Test
	void recordThatNoHandlerTakesIsFinishedIfItIsToBeSkipped() {
		String in = this.cluster.newTopic("skipped-in", 1);
		try (TestApplication application = TestApplication.start(Orders.class, "in=" + in,
				"millrace.subscribers.orders.unmatched=skip")) {
			this.cluster.send(in, "b", "2");
			this.cluster.send(in, "a", "3");
			await().atMost(LONG).until(() -> this.cluster.committed("test.orders", in) == 2);
			assertThat(application.bean(Orders.class).calls).containsExactly("3");
			assertThat(this.cluster.values(in + "-dlt")).isEmpty();
		}
	}

	@Test
	void recordThatNoHandlerTakesIsRetriedIfThatIsAnError() {
		String in = this.cluster.newTopic("error-in", 1);
		try (TestApplication application = TestApplication.start(Later.class, "in=" + in)) {
			this.cluster.send(in, "a", "1");
			await().atMost(LONG).until(() -> this.cluster.committed("test.later", in) == 1);
			assertThat(application.bean(Later.class).asked).hasSize(3);
			assertThat(application.bean(Later.class).calls).containsExactly("1");
			assertThat(this.cluster.values(in + "-dlt")).isEmpty();
		}
	}

	@Test
	void filterThatThrowsFailsTheRecordAndNoOther() {
		String in = this.cluster.newTopic("broken-filter-in", 1);
		try (TestApplication application = TestApplication.start(Broken.class, "in=" + in)) {
			send(in, "application/json", "{\"type\":\"x\"}");
			send(in, "application/json", "no JSON");
			send(in, "application/json", "{\"type\":\"x\"}");
			await().atMost(LONG).until(() -> this.cluster.committed("test.broken", in) == 3);
			assertThat(application.bean(Broken.class).calls).containsExactly("x", "x");
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("no JSON");
		}
	}

	@Test
	void headersDecideAboutRecordsOfSeveralTopics() {
		String one = this.cluster.newTopic("headers-one", 1);
		String two = this.cluster.newTopic("headers-two", 1);
		try (TestApplication application = TestApplication.start(Headers.class, "one=" + one, "two=" + two)) {
			send(one, "kind", "order", "1");
			send(two, "kind", "order", "2");
			send(one, "kind", "other", "3");
			send(two, "no", "order", "4");
			await().atMost(LONG)
				.until(() -> this.cluster.committed("test.headers", one) == 2
						&& this.cluster.committed("test.headers", two) == 2);
			assertThat(application.bean(Headers.class).calls).containsExactlyInAnyOrder("order 1", "order 2", "any 3",
					"none 4");
		}
	}

	private void send(String topic, String contentType, String value) {
		send(topic, "content-type", contentType, value);
	}

	private void send(String topic, String header, String headerValue, String value) {
		RecordHeaders headers = new RecordHeaders();
		headers.add(header, TestCluster.bytes(headerValue));
		this.cluster
			.send(new ProducerRecord<>(topic, 0, null, TestCluster.bytes("k"), TestCluster.bytes(value), headers));
	}

	@StreamSubscriber(topics = "${in}", id = "events")
	static class Events {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamHandler
		void rest(String text) {
			this.calls.add("rest " + text);
		}

		@StreamHandler
		@StreamFilter(contentType = "application/json", expression = "body['type'] == 'created'")
		@StreamPublisher("${out}")
		int created(String type, int id) {
			this.calls.add("created " + id);
			return id;
		}

		@StreamHandler
		@StreamFilter(contentType = "Application/JSON")
		void json(String body) {
			this.calls.add("json " + body);
		}

	}

	@StreamSubscriber(topics = { "${one}", "${two}" }, id = "headers")
	static class Headers {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamHandler
		@StreamFilter(headers = "kind=order")
		void order(String text) {
			this.calls.add("order " + text);
		}

		@StreamHandler
		@StreamFilter(headers = "kind=*")
		void any(String text) {
			this.calls.add("any " + text);
		}

		@StreamHandler
		void none(String text) {
			this.calls.add("none " + text);
		}

	}

	static class Orders {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "orders")
		@StreamFilter("key == 'a'")
		void handle(String text) {
			this.calls.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Later {

		final Queue<String> asked = new ConcurrentLinkedQueue<>();

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "later", unmatched = Unmatched.ERROR)
		@StreamFilter(predicate = "patient")
		void handle(String text) {
			this.calls.add(text);
		}

		@Bean
		Predicate<StreamRecord> patient(Later later) {
			return (record) -> {
				later.asked.add("attempt " + record.attempt());
				return record.attempt() == 3;
			};
		}

	}

	static class Broken {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "broken")
		@StreamFilter("body['type'] != null")
		void handle(String type, @org.jspecify.annotations.Nullable Integer id) {
			this.calls.add(type);
		}

	}

}
