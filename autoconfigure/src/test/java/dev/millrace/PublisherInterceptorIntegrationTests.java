package dev.millrace;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.PublisherInterfaces;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What wraps the publishing of records.
 */
@Timeout(120)
class PublisherInterceptorIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("publishing-in", 1);

	private final String out = this.cluster.newTopic("publishing-out", 1);

	private final String answers = this.cluster.newTopic("publishing-answers", 1);

	@Test
	void everythingThatIsPublishedPassesAndNothingThatIsCopied() {
		try (TestApplication application = start(Everything.class)) {
			this.cluster.send(new ProducerRecord<>(this.in, 0, TestCluster.bytes("k"), TestCluster.bytes("x"),
					new RecordHeaders().add("reply_to", TestCluster.bytes(this.answers))));
			this.cluster.send(this.in, "k", "fail");
			await().atMost(LONG).until(() -> this.cluster.committed("test.everything", this.in) == 2);
			await().atMost(LONG).until(() -> this.cluster.end(this.in + "-dlt") == 1);
			application.bean(StreamOperations.class).publish(this.out, "outside").join();

			assertThat(this.cluster.values(this.out)).containsExactly("operations of x", "topic of x", "interface of x",
					"result of x", "outside");
			assertThat(this.cluster.read(this.out)).allSatisfy(PublisherInterceptorIntegrationTests::hasPassed);
			assertThat(this.cluster.read(this.answers)).hasSize(1)
				.allSatisfy(PublisherInterceptorIntegrationTests::hasPassed);
			assertThat(application.bean(Everything.class).handled).containsExactly("0", "0", "0", "0", "0", "none");
			assertThat(this.cluster.end("test.everything-retry")).isPositive();
			assertThat(TestCluster.header(this.cluster.read(this.in + "-dlt").get(0), "passed")).isNull();
		}
	}

	@Test
	void thoseForAllAreAroundThoseOfTheRouterTheSubscriberAndThePublisher() {
		try (TestApplication application = start(Ordered.class)) {
			Journal journal = application.bean(Journal.class);
			application.bean(Sending.class).send("outside");
			assertThat(journal.entries).containsExactly("+first", "+second", "+publisher", "outside", "-publisher",
					"-second", "-first");
			journal.entries.clear();

			this.cluster.send(this.in, "k", "x");
			await().atMost(LONG).until(() -> this.cluster.committed("test.ordered", this.in) == 1);
			assertThat(journal.entries).containsExactly("+first", "+second", "+router", "+own", "+publisher", "by hand",
					"-publisher", "-own", "-router", "-second", "-first", "+first", "+second", "+router", "+own",
					"+publisher", "result of x", "-publisher", "-own", "-router", "-second", "-first");
		}
	}

	@Test
	void recordMayBeChangedByWhatIsKnownOfTheOneThatIsHandled() {
		try (TestApplication application = start(Changing.class)) {
			this.cluster.send(this.in, "k", "x");
			await().atMost(LONG).until(() -> this.cluster.committed("test.changing", this.in) == 1);

			assertThat(application.context().isActive()).isTrue();
			ConsumerRecord<byte[], byte[]> record = this.cluster.read(this.answers).get(0);
			assertThat(TestCluster.text(record.key())).isEqualTo("K");
			assertThat(TestCluster.text(record.value())).isEqualTo("{\"body\":\"result of x\",\"tenant\":\"of k\"}");
			assertThat(TestCluster.header(record, "content-type")).isEqualTo("application/json");
			assertThat(TestCluster.header(record, "correlation_id")).isEqualTo(this.in + "-0@0");
			assertThat(TestCluster.header(record, "changed")).isEqualTo("yes");
			assertThat(this.cluster.end(this.out)).isZero();
		}
	}

	@Test
	void recordMayBeLeftOutOrBecomeSeveral() {
		try (TestApplication application = start(Multiplying.class)) {
			StreamOperations operations = application.bean(StreamOperations.class);
			assertThat(operations.publish(this.out, "0").join()).isEqualTo(new PublishResult(this.out, -1, -1));
			assertThat(operations.publish(this.out, "2").join()).isEqualTo(new PublishResult(this.out, 0, 0));
			assertThat(operations.publishAll(this.out, List.of("1", "0", "2")).join()).containsExactly(
					new PublishResult(this.out, 0, 2), new PublishResult(this.out, -1, -1),
					new PublishResult(this.out, 0, 3));
			this.cluster.send(this.in, "k", "0");
			this.cluster.send(this.in, "k", "3");
			await().atMost(LONG).until(() -> this.cluster.committed("test.multiplying", this.in) == 2);

			assertThat(this.cluster.values(this.out)).containsExactly("2", "2", "1", "2", "2", "3", "3", "3");
		}
	}

	@Test
	void interceptorLearnsWhatBecameOfTheRecord() {
		this.cluster.configure(this.out, "max.message.bytes", "1000");
		try (TestApplication application = start(Watching.class)) {
			this.cluster.send(this.in, "k", "x");
			this.cluster.send(this.in, "k", "x".repeat(2000));
			await().atMost(LONG).until(() -> this.cluster.committed("test.watching", this.in) == 2);

			assertThat(application.bean(Watching.class).outcomes)
				.containsExactly(new PublishResult(this.out, 0, 0).toString(), RecordTooLargeException.class.getName());
		}
	}

	private static void hasPassed(ConsumerRecord<byte[], byte[]> record) {
		assertThat(TestCluster.header(record, "passed")).isEqualTo("yes");
	}

	private TestApplication start(Class<?> configuration, String... properties) {
		String[] all = Stream
			.concat(Stream.of("in=" + this.in, "out=" + this.out, "answers=" + this.answers,
					"millrace.subscriber.retry.delay=10ms", "millrace.subscriber.retry.attempts=3"),
					Arrays.stream(properties))
			.toArray(String[]::new);
		return TestApplication.start(configuration, all);
	}

	interface Sending {

		@StreamPublisher(topic = "${out}", interceptors = "ofPublisher")
		void send(String body);

	}

	@Configuration(proxyBeanMethods = false)
	static class Everything {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@Bean
		PublisherInterceptor passed(Everything everything, StreamOperations usableHere) {
			return (record, publishing) -> {
				StreamRecord handled = publishing.handled();
				everything.handled.add((handled != null) ? String.valueOf(handled.offset()) : "none");
				publishing.proceed(record.withHeader("passed", "yes"));
			};
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor ofPublisher() {
			return (record, publishing) -> publishing.proceed(record);
		}

		@Bean
		Sending sending(PublisherInterfaces interfaces) {
			return interfaces.implement(Sending.class);
		}

		@Bean
		TopicPublisher<String> publisher(StreamOperations operations, @Value("${out}") String out) {
			return operations.publisher(out, String.class);
		}

		@Bean
		Handler handler(StreamOperations operations, TopicPublisher<String> publisher, Sending sending) {
			return new Handler(operations, publisher, sending);
		}

		record Handler(StreamOperations operations, TopicPublisher<String> publisher, Sending sending) {

			@StreamSubscriber(topics = "${in}", id = "everything")
			@StreamPublisher("${out}")
			@Retry(mode = RetryMode.TOPIC)
			String handle(String text, StreamRecord record) {
				if (text.equals("fail")) {
					throw new IllegalStateException(text);
				}
				this.operations.publish(this.publisher.topic(), "operations of " + text);
				this.publisher.publish("topic of " + text);
				this.sending.send("interface of " + text);
				return "result of " + text;
			}

		}

	}

	static class Journal {

		final Queue<String> entries = new ConcurrentLinkedQueue<>();

		PublisherInterceptor as(String name) {
			return (record, publishing) -> {
				this.entries.add("+" + name);
				if (name.equals("publisher")) {
					this.entries.add(String.valueOf(record.body()));
				}
				publishing.proceed(record);
				this.entries.add("-" + name);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Journal.class)
	static class Ordered {

		@Bean
		@Order(2)
		PublisherInterceptor second(Journal journal) {
			return journal.as("second");
		}

		@Bean
		@Order(1)
		PublisherInterceptor first(Journal journal) {
			return journal.as("first");
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor ofRouter(Journal journal) {
			return journal.as("router");
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor own(Journal journal) {
			return journal.as("own");
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor ofPublisher(Journal journal) {
			return journal.as("publisher");
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor notNamed(Journal journal) {
			return journal.as("not named");
		}

		@Bean
		Sending sending(PublisherInterfaces interfaces) {
			return interfaces.implement(Sending.class);
		}

		@Bean
		Handler handler(Sending sending) {
			return new Handler(sending);
		}

		@StreamRouter(interceptors = "ofRouter")
		record Handler(Sending sending) {

			@StreamSubscriber(topics = "${in}", id = "ordered", interceptors = "own")
			@StreamPublisher(topic = "${out}", interceptors = "ofPublisher")
			String handle(String text) {
				this.sending.send("by hand");
				return "result of " + text;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Changing {

		@Bean
		Tenants tenants(@Value("${answers}") String answers) {
			return new Tenants(answers);
		}

		@StreamSubscriber(topics = "${in}", id = "changing")
		@StreamPublisher("${out}")
		String handle(String text) {
			return "result of " + text;
		}

	}

	record Tenants(String topic) implements SubscriberInterceptor, PublisherInterceptor {

		@Override
		public Object intercept(StreamRecord record, Handling handling) throws Exception {
			record.attributes().put("tenant", "of " + record.key());
			return handling.proceed();
		}

		@Override
		public void intercept(OutgoingRecord record, Publishing publishing) {
			Map<String, Object> attributes = publishing.handled().attributes();
			Map<String, Object> body = new TreeMap<>(Map.of("body", record.body(), "tenant", attributes.get("tenant")));
			publishing.proceed(record.withBody(body)
				.withKey(TestCluster.text((byte[]) record.key()).toUpperCase())
				.withHeader("changed", "yes")
				.withTopic(this.topic)
				.withPartition(0));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Multiplying {

		@Bean
		PublisherInterceptor multiplier() {
			return (record, publishing) -> {
				for (int i = 0; i < Integer.parseInt(String.valueOf(record.body())); i++) {
					publishing.proceed(record);
				}
			};
		}

		@StreamSubscriber(topics = "${in}", id = "multiplying")
		@StreamPublisher("${out}")
		String handle(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Watching {

		final Queue<String> outcomes = new ConcurrentLinkedQueue<>();

		@Bean
		PublisherInterceptor watching(Watching watching) {
			return (record, publishing) -> publishing.proceed(record)
				.whenComplete((result, failure) -> watching.outcomes
					.add((failure != null) ? failure.getClass().getName() : result.toString()));
		}

		@StreamSubscriber(topics = "${in}", id = "watching")
		@StreamPublisher("${out}")
		String handle(String text) {
			return text;
		}

	}

}
