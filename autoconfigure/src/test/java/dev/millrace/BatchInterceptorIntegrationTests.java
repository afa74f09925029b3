package dev.millrace;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What wraps the calls of handlers that get batches.
 */
@Timeout(120)
class BatchInterceptorIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("batch-intercept-in", 1);

	private final String out = this.cluster.newTopic("batch-intercept-out", 1);

	@Test
	void thoseForAllAreAroundThoseOfTheRouterAndTheseAroundThoseOfTheSubscriber() {
		send("1", "2");
		try (TestApplication application = start(Intercepted.class)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.intercepted", this.in) == 2);
			assertThat(application.bean(Journal.class).entries).containsExactly("+first", "+second", "+router", "+own",
					"handler [1, 2]", "-own", "-router", "-second", "-first");
			assertThat(this.cluster.values(this.out)).containsExactly("1", "2");
		}
	}

	@Test
	void interceptorSeesTheRecordsThatTheHandlerGetsAndLeavesValues() {
		send("1", "no number", "3");
		try (TestApplication application = start(Numbering.class)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.numbering", this.in) == 3);
			assertThat(application.bean(Numbering.class).seen).containsExactly("1", "3");
			assertThat(this.cluster.values(this.out)).containsExactly("number 0 is 1", "number 1 is 3");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("no number");
		}
	}

	@Test
	void interceptorDecidesWhatBecomesOfTheRecords() {
		send("a", "bad", "c");
		try (TestApplication application = start(Deciding.class)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.deciding", this.in) == 3);
			assertThat(application.bean(Deciding.class).calls).containsExactly(List.of("a", "bad", "c"));
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("bad");
			assertThat(this.cluster.values(this.out)).containsExactly("failed: 3");
			assertThat(TestCluster.header(this.cluster.read(this.out).get(0), "correlation_id"))
				.isEqualTo(this.in + "-0@0");
		}
	}

	@Test
	void whatItThrowsIsWhatTheHandlerWouldHaveThrown() {
		send("a", "fail", "c");
		try (TestApplication application = start(Throwing.class)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.throwing", this.in) == 3);
			assertThat(application.bean(Throwing.class).calls).containsExactlyInAnyOrder(List.of("a"), List.of("c"));
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("fail");
		}
	}

	private void send(String... values) {
		for (String value : values) {
			this.cluster.send(this.in, value, value);
		}
	}

	private TestApplication start(Class<?> configuration) {
		return TestApplication.start(configuration, "in=" + this.in, "out=" + this.out,
				"millrace.subscriber.retry.delay=10ms", "millrace.subscriber.retry.attempts=3",
				"millrace.subscriber.batch.max-wait=200ms");
	}

	static class Journal {

		final Queue<String> entries = new ConcurrentLinkedQueue<>();

		BatchInterceptor as(String name) {
			return (records, handling) -> {
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
		BatchInterceptor second(Journal journal) {
			return journal.as("second");
		}

		@Bean
		@Order(1)
		BatchInterceptor first(Journal journal) {
			return journal.as("first");
		}

		@Bean(defaultCandidate = false)
		BatchInterceptor ofRouter(Journal journal) {
			return journal.as("router");
		}

		@Bean(defaultCandidate = false)
		BatchInterceptor own(Journal journal) {
			return journal.as("own");
		}

		@Bean(defaultCandidate = false)
		BatchInterceptor notNamed(Journal journal) {
			return journal.as("not named");
		}

		@Bean
		Handler handler(Journal journal) {
			return new Handler(journal);
		}

		@StreamRouter(interceptors = "ofRouter")
		record Handler(Journal journal) {

			@StreamSubscriber(topics = "${in}", id = "intercepted", batch = true, interceptors = "own")
			@StreamPublisher("${out}")
			List<String> handle(List<String> texts) {
				this.journal.entries.add("handler " + texts);
				return texts;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Numbering {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@Bean
		BatchInterceptor numbering(Numbering numbering) {
			return (records, handling) -> {
				for (int i = 0; i < records.size(); i++) {
					numbering.seen.add(String.valueOf(records.get(i).key()));
					records.get(i).attributes().put("number", i);
				}
				return handling.proceed();
			};
		}

		@StreamSubscriber(topics = "${in}", id = "numbering", batch = true)
		@StreamPublisher("${out}")
		List<String> handle(List<Integer> numbers, List<StreamRecord> records) {
			return records.stream()
				.map((record) -> "number " + record.attributes().get("number") + " is " + record.body(String.class))
				.toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Deciding {

		final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();

		@Bean
		BatchInterceptor deciding(StreamOperations operations, @Value("${out}") String out) {
			return (records, handling) -> {
				try {
					return handling.proceed();
				}
				catch (IllegalStateException ex) {
					operations.publish(out, "failed: " + records.size());
					BatchResult result = BatchResult.success();
					for (int i = 0; i < records.size(); i++) {
						if ("bad".equals(records.get(i).key())) {
							result.reject(i);
						}
					}
					return result;
				}
			};
		}

		@StreamSubscriber(topics = "${in}", id = "deciding", batch = true)
		void handle(List<String> texts) {
			this.calls.add(texts);
			throw new IllegalStateException();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Throwing {

		final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();

		@Bean
		Doorman doorman() {
			return new Doorman();
		}

		@StreamSubscriber(topics = "${in}", id = "throwing", batch = true)
		void handle(List<String> texts) {
			this.calls.add(texts);
		}

	}

	static class Doorman implements SubscriberInterceptor, BatchInterceptor {

		@Override
		public @Nullable Object intercept(StreamRecord record, SubscriberInterceptor.Handling handling)
				throws Exception {
			throw new UnsupportedOperationException("of one record");
		}

		@Override
		public @Nullable Object intercept(List<StreamRecord> records, BatchInterceptor.Handling handling)
				throws Exception {
			for (StreamRecord record : records) {
				if ("fail".equals(record.key())) {
					throw new IllegalStateException("refused");
				}
			}
			return handling.proceed();
		}

	}

}
