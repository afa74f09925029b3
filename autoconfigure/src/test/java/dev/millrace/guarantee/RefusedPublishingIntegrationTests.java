package dev.millrace.guarantee;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.BatchInterceptor;
import dev.millrace.PublisherInterceptor;
import dev.millrace.RejectRecord;
import dev.millrace.Response;
import dev.millrace.SkipRecord;
import dev.millrace.StreamOperations;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What interceptors refuse to publish is no result that is lost: its record fails.
 */
@Timeout(120)
class RefusedPublishingIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("publishing-in", 1);

	private final String out = this.cluster.newTopic("publishing-out", 1);

	private final String answers = this.cluster.newTopic("publishing-answers", 1);

	@Test
	void whatIsRefusedFailsTheRecordWithoutCallingItsHandlerAgain() {
		try (TestApplication application = start(Refusing.class)) {
			for (String text : List.of("once", "always", "reject", "skip", "x")) {
				this.cluster.send(this.in, "k", text);
			}
			await().atMost(LONG).until(() -> this.cluster.committed("test.refusing", this.in) == 5);

			Refusing handler = application.bean(Refusing.class);
			assertThat(handler.calls).containsExactly("once", "always", "reject", "skip", "x");
			assertThat(handler.refused).containsExactly("once", "always", "always", "always", "reject", "skip");
			assertThat(this.cluster.values(this.out)).containsExactly("once", "x");
			assertThat(this.cluster.values(this.answers)).containsExactly("once", "x");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactlyInAnyOrder("always", "reject");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> application.bean(StreamOperations.class).publish(this.answers, "always"))
				.withMessage("refused");
		}
	}

	@Test
	void whatIsPublishedWithinATransactionPassesToo() {
		try (TestApplication application = start(Refusing.class, "millrace.subscriber.exactly-once=true")) {
			for (String text : List.of("once", "always", "x")) {
				this.cluster.send(this.in, "k", text);
			}
			await().atMost(LONG).until(() -> this.cluster.committed("test.refusing", this.in) == 3);

			assertThat(application.bean(Refusing.class).calls).startsWith("once", "always").contains("x");
			assertThat(this.cluster.values(this.out)).containsExactly("once", "x");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("always");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void partitionThatTheTopicDoesNotHaveFailsTheRecordAndBlocksNothing(boolean exactlyOnce) {
		this.cluster.send(this.in, "99", "nowhere");
		this.cluster.send(this.in, "0", "x");
		try (TestApplication application = start(Sharding.class, "spring.kafka.producer.properties.max.block.ms=500",
				"millrace.subscriber.exactly-once=" + exactlyOnce)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.sharding", this.in) == 2);

			assertThat(application.context().isActive()).isTrue();
			assertThat(this.cluster.values(this.out)).containsExactly("x");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("nowhere");
		}
	}

	@Test
	void resultsOfABatchPassOneByOne() {
		try (TestApplication application = start(Batching.class)) {
			for (String text : List.of("a", "refused", "c")) {
				this.cluster.send(this.in, text, text);
			}
			await().atMost(LONG).until(() -> this.cluster.committed("test.batching", this.in) == 3);

			assertThat(application.bean(Batching.class).calls).containsExactly(List.of("a", "refused", "c"));
			assertThat(this.cluster.values(this.out)).containsExactly("a of a", "c of c");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("refused");
		}
	}

	@Test
	void resultOfAWholeBatchThatIsRefusedLaterFailsTheBatch() {
		try (TestApplication application = start(BatchingLater.class)) {
			for (String text : List.of("a", "refused", "c")) {
				this.cluster.send(this.in, text, text);
			}
			await().atMost(LONG).until(() -> this.cluster.committed("test.later", this.in) == 3);

			assertThat(application.bean(BatchingLater.class).calls).contains(List.of("a", "refused", "c"),
					List.of("refused"));
			assertThat(this.cluster.values(this.out)).containsExactlyInAnyOrder("[a]", "[c]");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("refused");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { SkippingResult.class, SkippingBatch.class })
	void interceptorThatSkipsDoesNotTakeBackWhatTheHandlerHasPublished(Class<?> configuration) {
		this.cluster.configure(this.out, "max.message.bytes", "1000");
		String large = "x".repeat(2000);
		this.cluster.send(this.in, "k", "a");
		this.cluster.send(this.in, "k", large);
		try (TestApplication application = start(configuration)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.skipping", this.in) == 2);

			assertThat(application.context().isActive()).isTrue();
			assertThat(this.cluster.values(this.out)).containsExactly("a");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly(large);
			assertThat(this.cluster.values(this.answers)).isEmpty();
		}
	}

	private TestApplication start(Class<?> configuration, String... properties) {
		String[] all = Stream
			.concat(Stream.of("in=" + this.in, "out=" + this.out, "answers=" + this.answers,
					"millrace.subscriber.retry.delay=10ms", "millrace.subscriber.retry.attempts=3"),
					Arrays.stream(properties))
			.toArray(String[]::new);
		return TestApplication.start(configuration, all);
	}

	@Configuration(proxyBeanMethods = false)
	static class Refusing {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		final Queue<String> refused = new ConcurrentLinkedQueue<>();

		@Value("${out}")
		private String out;

		@Bean
		PublisherInterceptor doorman(Refusing handler) {
			return (record, publishing) -> {
				String body = String.valueOf(record.body());
				// What goes to the topic of answers is made first.
				if (record.topic().equals(handler.out) || publishing.handled() == null) {
					handler.refuse(body);
				}
				publishing.proceed(record);
			};
		}

		private void refuse(String body) {
			if (body.equals("x") || (body.equals("once") && this.refused.contains("once"))) {
				return;
			}
			this.refused.add(body);
			switch (body) {
				case "reject" -> throw new RejectRecord();
				case "skip" -> throw new SkipRecord();
				default -> throw new IllegalArgumentException("refused");
			}
		}

		@StreamSubscriber(topics = "${in}", id = "refusing")
		@StreamPublisher("${answers}")
		@StreamPublisher("${out}")
		String handle(String text) {
			this.calls.add(text);
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Sharding {

		@StreamSubscriber(topics = "${in}", id = "sharding")
		@Retry(attempts = "2")
		@StreamPublisher("${out}")
		Response<String> handle(String text, @Key String shard) {
			return Response.of(text).withPartition(Integer.parseInt(shard));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Batching {

		final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();

		@Bean
		PublisherInterceptor naming() {
			return (record, publishing) -> {
				if (record.body().equals("refused")) {
					throw new IllegalStateException("refused");
				}
				publishing.proceed(record.withBody(record.body() + " of " + publishing.handled().key()));
			};
		}

		@StreamSubscriber(topics = "${in}", id = "batching", batch = true, maxRecords = "3", maxWait = "60s")
		@StreamPublisher("${out}")
		List<String> handle(List<String> texts) {
			this.calls.add(texts);
			return texts;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BatchingLater {

		final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();

		@Bean
		PublisherInterceptor doorman() {
			return (record, publishing) -> {
				if (String.valueOf(record.body()).contains("refused")) {
					throw new IllegalStateException("refused");
				}
				publishing.proceed(record);
			};
		}

		@StreamSubscriber(topics = "${in}", id = "later", batch = true, maxRecords = "3", maxWait = "100ms")
		@StreamPublisher("${out}")
		CompletionStage<String> handle(List<String> texts) {
			this.calls.add(texts);
			return CompletableFuture.supplyAsync(texts::toString);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SkippingResult {

		@Value("${out}")
		private String out;

		@Bean
		PublisherInterceptor skipping(@Value("${answers}") String answers) {
			return (record, publishing) -> {
				if (record.topic().equals(answers)) {
					throw new SkipRecord();
				}
				publishing.proceed(record);
			};
		}

		@StreamSubscriber(topics = "${in}", id = "skipping")
		@StreamPublisher("${answers}")
		String handle(String text, StreamOperations operations) {
			operations.publish(this.out, text);
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SkippingBatch {

		@Value("${out}")
		private String out;

		@Bean
		BatchInterceptor skipping() {
			return (records, handling) -> {
				handling.proceed();
				throw new SkipRecord();
			};
		}

		@StreamSubscriber(topics = "${in}", id = "skipping", batch = true, maxRecords = "1")
		void handle(List<String> texts, StreamOperations operations) {
			operations.publish(this.out, texts.get(0));
		}

	}

}
