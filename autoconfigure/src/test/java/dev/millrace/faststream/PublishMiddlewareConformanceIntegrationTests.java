package dev.millrace.faststream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublisherInterceptor;
import dev.millrace.Response;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is around publishing: what FastStream's tests of middlewares show.
 */
@Timeout(120)
class PublishMiddlewareConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestCluster CLUSTER = TestCluster.shared();

	private static final String NAME = TestCluster.newName("publish-middleware");

	private static TestApplication application;

	private static Journal journal;

	@BeforeAll
	static void start() {
		for (String topic : List.of(".ordered", ".routed", ".doubled", ".answers", ".keyed")) {
			CLUSTER.create(NAME + topic, 1, Map.of());
		}
		application = TestApplication.start(Handlers.class, "name=" + NAME);
		journal = application.bean(Journal.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Behaviour({ 46, 47 })
	void interceptorsForAllAreEnteredAndLeftInOneOrderAroundHandlingAndPublishing() {
		CLUSTER.send(NAME + ".ordered", null, "x");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.ordered", NAME + ".ordered") == 1);
		assertThat(journal.entriesOf("ordered")).containsExactly("+outer", "+inner", "handler", "-inner", "-outer",
				"+outer publishing", "+inner publishing", "-inner publishing", "-outer publishing");
	}

	@Test
	@Behaviour(48)
	void interceptorsForAllAreAroundThoseOfARouter() {
		CLUSTER.send(NAME + ".routed", null, "x");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.routed", NAME + ".routed") == 1);
		assertThat(journal.entriesOf("routed")).containsExactly("+outer", "+inner", "+router", "handler", "-router",
				"-inner", "-outer", "+outer publishing", "+inner publishing", "+router publishing",
				"-router publishing", "-inner publishing", "-outer publishing");
	}

	@Test
	@Behaviour({ 36, 55, 56 })
	void bodyIsChangedForEachPublisherAndTheAnswer() {
		CLUSTER.send(new ProducerRecord<>(NAME + ".doubled", null, (byte[]) null, TestCluster.bytes("x"),
				new RecordHeaders().add("reply_to", TestCluster.bytes(NAME + ".answers"))));

		await().atMost(LONG).until(() -> CLUSTER.committed("test.doubled", NAME + ".doubled") == 1);
		assertThat(CLUSTER.values(NAME + ".doubled.one")).containsExactly("xx");
		assertThat(CLUSTER.values(NAME + ".doubled.two")).containsExactly("xx");
		assertThat(CLUSTER.values(NAME + ".answers")).containsExactly("xx");
	}

	@Test
	@Behaviour({ 37, 38 })
	void keysStayWithTheirBodiesWhenSomeAreLeftOutOrDoubled() {
		application.bean(StreamOperations.class)
			.publishAll(NAME + ".keyed",
					List.of(keyed("a", "1"), keyed("drop", "2"), keyed("twice", "3"), Response.of("none"),
							keyed("a", "4")))
			.join();

		assertThat(CLUSTER.read(NAME + ".keyed")).extracting(PublishMiddlewareConformanceIntegrationTests::text)
			.containsExactly("1=a", "3=twice", "3=twice", "null=none", "4=a");
	}

	private static Response<String> keyed(String body, String key) {
		return Response.of(body).withKey(key);
	}

	private static String text(ConsumerRecord<byte[], byte[]> record) {
		return TestCluster.text(record.key()) + "=" + TestCluster.text(record.value());
	}

	static class Journal {

		private final Queue<String> entries = new ConcurrentLinkedQueue<>();

		void add(String topic, String entry) {
			this.entries.add(topic.substring(NAME.length() + 1) + ": " + entry);
		}

		List<String> entriesOf(String topic) {
			return this.entries.stream()
				.filter((entry) -> entry.startsWith(topic))
				.map((entry) -> entry.substring(entry.indexOf(' ') + 1))
				.toList();
		}

	}

	record Middleware(String name, Journal journal) implements SubscriberInterceptor, PublisherInterceptor {

		@Override
		public @Nullable Object intercept(StreamRecord record, Handling handling) throws Exception {
			this.journal.add(record.topic(), "+" + this.name);
			Object result = handling.proceed();
			this.journal.add(record.topic(), "-" + this.name);
			return result;
		}

		@Override
		public void intercept(OutgoingRecord record, Publishing publishing) {
			this.journal.add(record.topic(), "+" + this.name + " publishing");
			publishing.proceed(record);
			this.journal.add(record.topic(), "-" + this.name + " publishing");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		Journal journal() {
			return new Journal();
		}

		@Bean
		@Order(2)
		Middleware inner(Journal journal) {
			return new Middleware("inner", journal);
		}

		@Bean
		@Order(1)
		Middleware outer(Journal journal) {
			return new Middleware("outer", journal);
		}

		@Bean(defaultCandidate = false)
		Middleware ofRouter(Journal journal) {
			return new Middleware("router", journal);
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor doubling() {
			return (record, publishing) -> publishing.proceed(record.withBody(record.body() + "" + record.body()));
		}

		@Bean
		PublisherInterceptor sorting() {
			return (record, publishing) -> {
				if (!"drop".equals(record.body())) {
					publishing.proceed(record);
				}
				if ("twice".equals(record.body())) {
					publishing.proceed(record);
				}
			};
		}

		@Bean
		Ordered ordered(Journal journal) {
			return new Ordered(journal);
		}

		@Bean
		Routed routed(Journal journal) {
			return new Routed(journal);
		}

		@StreamSubscriber(topics = "${name}.doubled", id = "doubled", interceptors = "doubling")
		@StreamPublisher("${name}.doubled.one")
		@StreamPublisher("${name}.doubled.two")
		String doubled(String text) {
			return text;
		}

	}

	record Ordered(Journal journal) {

		@StreamSubscriber(topics = "${name}.ordered", id = "ordered")
		@StreamPublisher("${name}.ordered.out")
		String handle(String text) {
			this.journal.add(NAME + ".ordered", "handler");
			return text;
		}

	}

	@StreamRouter(interceptors = "ofRouter")
	record Routed(Journal journal) {

		@StreamSubscriber(topics = "${name}.routed", id = "routed")
		@StreamPublisher("${name}.routed.out")
		String handle(String text) {
			this.journal.add(NAME + ".routed", "handler");
			return text;
		}

	}

}
