package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.SkipRecord;
import dev.millrace.StreamOperations;
import dev.millrace.TopicPublisher;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What handlers publish by themselves belongs to the record that they handle.
 */
@Timeout(120)
class RecordScopeIntegrationTests {

	private static final String PATIENT = "millrace.subscriber.retry.attempts=1000";

	private static final String LARGE = "x".repeat(2000);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("scope-in", 1);

	@ParameterizedTest
	@ValueSource(classes = { Plain.class, Typed.class, Bound.class, Asynchronous.class, Reactive.class, Manual.class,
			Skipping.class, Replying.class })
	@Behaviour(25)
	void offsetWaitsForWhatTheHandlerHasPublishedAndTheHandlerIsNotCalledAgain(Class<? extends Handler> type) {
		String out = this.cluster.newTopic("scope-out", 1, Map.of("max.message.bytes", "1000"));
		String replies = this.cluster.newTopic("scope-replies", 1);
		try (TestApplication application = TestApplication.start(type, "in=" + this.in, "out=" + out,
				"replies=" + replies, PATIENT)) {
			List.of("first", LARGE, "last").forEach((value) -> this.cluster.send(this.in, null, value));
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 1);
			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> committed() == 1);
			this.cluster.configure(out, "max.message.bytes", "1000000");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 3);

			assertThat(this.cluster.values(out)).containsExactlyInAnyOrder("first", LARGE, "last");
			assertThat(application.bean(Handler.class).calls).containsExactly("first", LARGE, "last");
		}
		assertThat(this.cluster.read(out)).allSatisfy((record) -> {
			int number = List.of("first", LARGE, "last").indexOf(TestCluster.text(record.value()));
			assertThat(TestCluster.header(record, "correlation_id")).isEqualTo(this.in + "-0@" + number);
		});
	}

	@Test
	void methodThatHandlesAnExceptionPublishesForItsRecordToo() {
		String out = this.cluster.newTopic("scope-out", 1);
		try (TestApplication application = TestApplication.start(Apologizing.class, "in=" + this.in, "out=" + out)) {
			this.cluster.send(this.in, null, "a");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 1);

			assertThat(this.cluster.values(out)).containsExactly("sorry for a");
			assertThat(this.cluster.values(this.in + "-dlt")).isEmpty();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	@Behaviour(25)
	void correlationIdIsCarriedOn() {
		String out = this.cluster.newTopic("scope-out", 1);
		try (TestApplication application = TestApplication.start(Plain.class, "in=" + this.in, "out=" + out)) {
			this.cluster.send(new ProducerRecord<>(this.in, null, null, null, TestCluster.bytes("a"),
					List.of(new RecordHeader("correlation_id", TestCluster.bytes("request-1")))));
			List<ConsumerRecord<byte[], byte[]>> records = await().atMost(Duration.ofSeconds(20))
				.until(() -> this.cluster.read(out), (read) -> !read.isEmpty());

			assertThat(TestCluster.header(records.get(0), "correlation_id")).isEqualTo("request-1");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void handlerThatFailsIsCalledAgainAndPublishesAgain() {
		String out = this.cluster.newTopic("scope-out", 1);
		try (TestApplication application = TestApplication.start(FailingOnce.class, "in=" + this.in, "out=" + out)) {
			this.cluster.send(this.in, null, "a");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 1);

			assertThat(this.cluster.values(out)).containsExactly("a", "a");
			assertThat(application.bean(Handler.class).calls).hasSize(2);
		}
	}

	@Test
	void futureFailsForTheHandlerThatWaitsForIt() {
		String out = this.cluster.newTopic("scope-out", 1, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = TestApplication.start(Waiting.class, "in=" + this.in, "out=" + out,
				"millrace.subscriber.retry.attempts=2")) {
			this.cluster.send(this.in, null, LARGE);
			this.cluster.send(this.in, null, "b");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 2);

			assertThat(application.bean(Handler.class).calls).containsExactly(LARGE, LARGE, "b");
			assertThat(application.bean(Waiting.class).failures).hasSize(2)
				.allSatisfy((failure) -> assertThat(failure).hasCauseInstanceOf(RecordTooLargeException.class));
			assertThat(this.cluster.values(out)).containsExactly("b");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly(LARGE);
		}
	}

	@Test
	void whatTheBrokerRefusesForGoodMakesADeadLetterOfTheRecord() {
		String out = this.cluster.newTopic("scope-out", 1, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = TestApplication.start(Plain.class, "in=" + this.in, "out=" + out,
				"millrace.subscriber.retry.attempts=2")) {
			this.cluster.send(this.in, null, LARGE);
			this.cluster.send(this.in, null, "b");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 2);

			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly(LARGE);
			assertThat(this.cluster.values(out)).containsExactly("b");
			assertThat(application.bean(Handler.class).calls).containsExactly(LARGE, "b");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ack-first", "ack" })
	void policyThatNeverRepeatsLeavesTheRecordBehind(String policy) {
		String out = this.cluster.newTopic("scope-out", 1, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = TestApplication.start(Plain.class, "in=" + this.in, "out=" + out,
				"millrace.subscriber.ack-policy=" + policy)) {
			this.cluster.send(this.in, null, LARGE);
			this.cluster.send(this.in, null, "b");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 2);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.values(out).equals(List.of("b")));

			assertThat(application.bean(Handler.class).calls).containsExactly(LARGE, "b");
		}
	}

	@Test
	void operationsOfARecordThatIsFinishedPublishNothing() {
		String out = this.cluster.newTopic("scope-out", 1);
		try (TestApplication application = TestApplication.start(Keeping.class, "in=" + this.in, "out=" + out)) {
			this.cluster.send(this.in, null, "a");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 1);
			StreamOperations kept = application.bean(Keeping.class).kept;

			assertThat(kept).isNotNull();
			assertThatIllegalStateException().isThrownBy(() -> kept.publish(out, "late"))
				.withMessage("Can't publish to '%s' for %s-0@0 any more: the work on it is over", out, this.in);
			assertThat(this.cluster.values(out)).isEmpty();
		}
	}

	@Test
	void handlersThreadBelongsToNoRecordAfterwards() {
		String out = this.cluster.newTopic("scope-out", 1);
		try (TestApplication application = TestApplication.start(Plain.class, "in=" + this.in, "out=" + out)) {
			this.cluster.send(this.in, null, "a");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 1);
			application.bean(StreamOperations.class).publish(out, "outside").join();

			assertThat(this.cluster.values(out)).containsExactly("a", "outside");
			assertThat(TestCluster.header(this.cluster.read(out).get(1), "correlation_id")).doesNotContain(this.in);
		}
	}

	private long committed() {
		return this.cluster.committed("test.scope", this.in);
	}

	/**
	 * What all handlers have.
	 */
	abstract static class Handler {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@Value("${out}")
		String out;

		@Autowired
		StreamOperations streams;

	}

	static class Plain extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body) {
			this.calls.add(body);
			this.streams.publish(this.out, body);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Typed extends Handler {

		@Autowired
		TopicPublisher<String> texts;

		@Bean
		static TopicPublisher<String> texts(StreamOperations streams, @Value("${out}") String out) {
			return streams.publisher(out, String.class);
		}

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body) {
			this.calls.add(body);
			this.texts.publish(body);
		}

	}

	static class Bound extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body, StreamOperations streams) {
			this.calls.add(body);
			CompletableFuture.runAsync(() -> streams.publish(this.out, body)).join();
		}

	}

	static class Asynchronous extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		CompletionStage<Void> handle(String body, StreamOperations streams) {
			this.calls.add(body);
			return CompletableFuture.runAsync(() -> streams.publish(this.out, body),
					CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
		}

	}

	static class Reactive extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		Mono<Void> handle(String body, StreamOperations streams) {
			this.calls.add(body);
			return Mono.delay(Duration.ofMillis(50)).doOnNext((tick) -> streams.publish(this.out, body)).then();
		}

	}

	static class Manual extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope", ackPolicy = AckPolicy.MANUAL)
		void handle(String body, StreamOperations streams, Acknowledgment acknowledgment) {
			this.calls.add(body);
			CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> {
				streams.publish(this.out, body);
				acknowledgment.ack();
			});
		}

	}

	static class Skipping extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body) {
			this.calls.add(body);
			this.streams.publish(this.out, body);
			throw new SkipRecord();
		}

	}

	static class Replying extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		@StreamPublisher("${replies}")
		String handle(String body) {
			this.calls.add(body);
			this.streams.publish(this.out, body);
			return body;
		}

	}

	static class FailingOnce extends Handler {

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body) {
			this.calls.add(body);
			this.streams.publish(this.out, body).join();
			if (this.calls.size() == 1) {
				throw new IllegalStateException("first attempt");
			}
		}

	}

	/** Nothing else of its application publishes by itself. */
	static class Apologizing {

		@Value("${out}")
		String out;

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body) {
			throw new IllegalStateException(body);
		}

		@StreamExceptionHandler
		void failed(IllegalStateException ex, StreamOperations streams) {
			streams.publish(this.out, "sorry for " + ex.getMessage());
		}

	}

	static class Waiting extends Handler {

		final List<Throwable> failures = new CopyOnWriteArrayList<>();

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body) {
			this.calls.add(body);
			try {
				this.streams.publish(this.out, body).join();
			}
			catch (RuntimeException ex) {
				this.failures.add(ex);
				throw ex;
			}
		}

	}

	static class Keeping extends Handler {

		volatile @Nullable StreamOperations kept;

		@StreamSubscriber(topics = "${in}", id = "scope")
		void handle(String body, StreamOperations streams) {
			this.kept = streams;
		}

	}

}
