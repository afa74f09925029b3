package dev.millrace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.millrace.annotation.StreamAdvice;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What wraps the handling of records, and what handles its exceptions.
 */
@Timeout(120)
class InterceptorIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("intercept-in", 1);

	private final String out = this.cluster.newTopic("intercept-out", 1);

	@Test
	@Behaviour({ 49, 50, 51, 134 })
	void thoseForAllAreAroundThoseOfTheRouterAndTheseAroundThoseOfTheSubscriber() {
		try (TestApplication application = start(Intercepted.class)) {
			this.cluster.send(this.in, "k", "x");
			await().atMost(LONG).until(() -> this.cluster.committed("test.intercepted", this.in) == 1);
			assertThat(application.bean(Journal.class).entries).containsExactly("+first", "+second", "+router", "+own",
					"handler x", "-own", "-router", "-second", "-first");
			assertThat(this.cluster.values(this.out)).containsExactly("handled x");
		}
	}

	@Test
	@Behaviour(100)
	void interceptorMayChangeTheRecordAndTheResultAndLeaveValues() {
		try (TestApplication application = start(Changing.class)) {
			this.cluster.send(this.in, "k", "abc");
			await().atMost(LONG).until(() -> this.cluster.committed("test.changing", this.in) == 1);
			assertThat(this.cluster.values(this.out)).containsExactly("<ABC of k, attribute 3>");
			assertThat(TestCluster.text(this.cluster.read(this.out).get(0).key())).isEqualTo("k");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void whatAnInterceptorThrowsFailsTheRecordOrDecidesAboutIt() {
		try (TestApplication application = start(Throwing.class)) {
			this.cluster.send(this.in, "k", "skip");
			this.cluster.send(this.in, "k", "fail");
			this.cluster.send(this.in, "k", "x");
			await().atMost(LONG).until(() -> this.cluster.committed("test.throwing", this.in) == 3);
			assertThat(application.bean(Throwing.class).calls).containsExactly("x");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("fail");
		}
	}

	@Test
	@Behaviour({ 57, 58, 61, 65 })
	void nearestExceptionTypeWinsAndOwnHandlersComeBeforeAdvices() {
		try (TestApplication application = start(Failing.class)) {
			this.cluster.send(this.in, "k", "number");
			this.cluster.send(this.in, "k", "argument");
			this.cluster.send(this.in, "k", "state");
			this.cluster.send(this.in, "k", "other");
			this.cluster.send(this.in, "k", "later");
			await().atMost(LONG).until(() -> this.cluster.committed("test.failing", this.in) == 5);
			assertThat(this.cluster.values(this.out)).containsExactly("own number: NumberFormatException",
					"own argument: number", "advice of state, attempt 1", "own argument: later");
			assertThat(application.bean(Advice.class).disposed).containsExactly("other");
			assertThat(this.cluster.values(this.in + "-dlt")).isEmpty();
		}
	}

	@Test
	@Behaviour(59)
	void exceptionHandlerMayAskForARetryOrADeadLetterAndNeverSeesOrders() {
		try (TestApplication application = start(Deciding.class)) {
			this.cluster.send(this.in, "k", "retry");
			this.cluster.send(this.in, "k", "reject");
			this.cluster.send(this.in, "k", "skip");
			this.cluster.send(this.in, "k", "again");
			await().atMost(LONG).until(() -> this.cluster.committed("test.deciding", this.in) == 4);
			assertThat(application.bean(Deciding.class).handled).containsExactly("retry 1", "retry 2", "reject 1",
					"again 1", "again 2", "again 3");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("reject", "again");
		}
	}

	@Test
	@Behaviour(64)
	void recordThatCantBeDecodedIsHandledToo() {
		try (TestApplication application = start(Undecodable.class)) {
			this.cluster.send(this.in, "k", "no number");
			await().atMost(LONG).until(() -> this.cluster.committed("test.undecodable", this.in) == 1);
			assertThat(application.bean(Undecodable.class).handled).containsExactly("DecodingException at 0");
			assertThat(this.cluster.values(this.in + "-dlt")).isEmpty();
		}
	}

	private TestApplication start(Class<?> configuration) {
		return TestApplication.start(configuration, "in=" + this.in, "out=" + this.out,
				"millrace.subscriber.retry.delay=10ms", "millrace.subscriber.retry.attempts=3");
	}

	static class Journal {

		final Queue<String> entries = new ConcurrentLinkedQueue<>();

		SubscriberInterceptor as(String name) {
			return (record, handling) -> {
				this.entries.add("+" + name);
				try {
					return handling.proceed();
				}
				finally {
					this.entries.add("-" + name);
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Intercepted {

		@Bean
		Journal journal() {
			return new Journal();
		}

		@Bean
		@Order(2)
		SubscriberInterceptor second(Journal journal) {
			return journal.as("second");
		}

		@Bean
		@Order(1)
		SubscriberInterceptor first(Journal journal) {
			return journal.as("first");
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor ofRouter(Journal journal) {
			return journal.as("router");
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor own(Journal journal) {
			return journal.as("own");
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor notNamed(Journal journal) {
			return journal.as("not named");
		}

		@Bean
		Handler handler(Journal journal) {
			return new Handler(journal);
		}

		@StreamRouter(interceptors = "ofRouter")
		record Handler(Journal journal) {

			@StreamSubscriber(topics = "${in}", id = "intercepted", interceptors = "own")
			@StreamPublisher("${out}")
			String handle(String text) {
				this.journal.entries.add("handler " + text);
				return "handled " + text;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Changing {

		@Bean
		SubscriberInterceptor upperCase() {
			return (record, handling) -> {
				record.attributes().put("length", record.source().value().length);
				String upper = record.body(String.class).toUpperCase();
				Object result = handling.proceed(with(record.source(), upper.getBytes(StandardCharsets.UTF_8)));
				return "<" + result + ">";
			};
		}

		@StreamSubscriber(topics = "${in}", id = "changing")
		@StreamPublisher("${out}")
		String handle(String text, StreamRecord record) {
			return text + " of " + record.key() + ", attribute " + record.attributes().get("length");
		}

		private static ConsumerRecord<byte[], byte[]> with(ConsumerRecord<byte[], byte[]> record, byte[] value) {
			return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), value);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Throwing {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@Bean
		SubscriberInterceptor doorman() {
			return (record, handling) -> switch (record.body(String.class)) {
				case "skip" -> throw new SkipRecord();
				case "fail" -> throw new IllegalStateException("refused");
				default -> handling.proceed();
			};
		}

		@StreamSubscriber(topics = "${in}", id = "throwing")
		void handle(String text) {
			this.calls.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		Advice advice() {
			return new Advice();
		}

		@StreamSubscriber(topics = "${in}", id = "failing")
		@StreamPublisher("${out}")
		CompletionStage<String> handle(String text) {
			return switch (text) {
				case "number" -> CompletableFuture.failedFuture(new NumberFormatException(text));
				case "argument" -> throw new IllegalArgumentException("number");
				case "state" -> throw new IllegalStateException(text);
				case "later" -> CompletableFuture.supplyAsync(() -> {
					throw new IllegalArgumentException(text);
				});
				default -> throw new UnsupportedOperationException(text);
			};
		}

		@StreamExceptionHandler
		String argument(IllegalArgumentException ex) {
			return "own argument: " + ex.getMessage();
		}

		@StreamExceptionHandler(NumberFormatException.class)
		String number(RuntimeException ex) {
			return "own number: " + ex.getClass().getSimpleName();
		}

	}

	@StreamAdvice
	static class Advice {

		final Queue<String> disposed = new ConcurrentLinkedQueue<>();

		@StreamExceptionHandler({ IllegalStateException.class, IllegalArgumentException.class })
		String state(String body, StreamRecord record) {
			return "advice of " + body + ", attempt " + record.attempt();
		}

		@StreamExceptionHandler
		void rest(Throwable ex) {
			this.disposed.add(ex.getMessage());
		}

	}

	static class Deciding {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "deciding")
		void handle(String text, StreamRecord record) {
			if (text.equals("skip")) {
				throw new SkipRecord();
			}
			if (!text.equals("retry") || record.attempt() < 3) {
				throw new IllegalStateException(text);
			}
		}

		@StreamExceptionHandler
		void decide(Exception ex, String body, StreamRecord record) throws Exception {
			this.handled.add(body + " " + record.attempt());
			switch (body) {
				case "retry" -> throw new NackRecord(Duration.ofMillis(10));
				case "reject" -> throw new RejectRecord();
				default -> throw ex;
			}
		}

	}

	static class Undecodable {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "undecodable")
		void handle(int number) {
		}

		@StreamExceptionHandler
		void handle(DecodingException ex, StreamRecord record) {
			this.handled.add(ex.getClass().getSimpleName() + " at " + record.offset());
		}

	}

}
