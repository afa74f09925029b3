package dev.millrace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.SendTo;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Requests that wait for their answers.
 */
@Timeout(120)
class RequestIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("request-in", 3);

	private final String replies = TestCluster.newName("request-replies");

	@Test
	@Behaviour({ 40, 41 })
	void answerComesBackAsWhatWasAskedFor() {
		try (TestApplication application = start(Squares.class)) {
			StreamOperations streams = application.bean(StreamOperations.class);

			assertThat(streams.request(this.in, 3, Square.class, LONG).join()).isEqualTo(new Square(3, 9));
			assertThat(streams.request(this.in, 4, new ParameterizedTypeReference<Map<String, Integer>>() {
			}, LONG).join()).isEqualTo(Map.of("of", 4, "is", 16));
			assertThat(streams.publisher(this.in, Integer.class)
				.withKey((number) -> "k" + number)
				.request(5, Square.class, LONG)
				.join()).isEqualTo(new Square(5, 25));
			StreamRecord record = streams.to(this.in)
				.key("key")
				.correlationId("mine")
				.request(6, StreamRecord.class, LONG)
				.join();
			assertThat(record.header("correlation_id")).isEqualTo("mine");
			assertThat(record.body(Square.class)).isEqualTo(new Square(6, 36));
			assertThat(application.bean(RequestMonitor.class).waiting()).isZero();
		}
	}

	@Test
	void requestSaysInTextWhatFastStreamAndSpringAnswerBy() {
		try (TestApplication application = start(Nothing.class)) {
			application.bean(StreamOperations.class).to(this.in).header("x", "y").request("a", String.class, LONG);

			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.in) == 1);
			ConsumerRecord<byte[], byte[]> request = this.cluster.read(this.in).get(0);
			assertThat(TestCluster.header(request, "reply_to")).isEqualTo(this.replies);
			assertThat(TestCluster.header(request, "kafka_replyTopic")).isEqualTo(this.replies);
			assertThat(TestCluster.header(request, "correlation_id")).isNotEmpty()
				.isEqualTo(TestCluster.header(request, "kafka_correlationId"));
			assertThat(TestCluster.header(request, "x")).isEqualTo("y");
		}
	}

	@Test
	@Behaviour(39)
	void lateAnswersAreCountedAndDropped() {
		CountDownLatch gate = new CountDownLatch(1);
		try (TestApplication application = start(Gated.class, List.of(gate))) {
			StreamOperations streams = application.bean(StreamOperations.class);
			RequestMonitor monitor = application.bean(RequestMonitor.class);

			CompletableFuture<?> request = streams.request(this.in, "a", String.class, Duration.ofMillis(500));
			CompletableFuture<?> given = streams.request(this.in, "b", String.class, LONG);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.in) == 2);
			assertThat(given.cancel(true)).isTrue();

			assertThatThrownBy(request::join).hasRootCauseInstanceOf(RequestTimeoutException.class)
				.hasRootCauseMessage("No answer to the request to '%s' came within 500 ms".formatted(this.in));
			assertThat(monitor.waiting()).isZero();
			assertThat(monitor.late()).isZero();
			gate.countDown();
			await().atMost(Duration.ofSeconds(20)).until(() -> monitor.late() == 2);
		}
	}

	@Test
	void timeoutIsASetting() {
		try (TestApplication application = start(Nothing.class, List.of(), "millrace.request.timeout=200ms")) {
			StreamOperations streams = application.bean(StreamOperations.class);

			assertThatThrownBy(() -> streams.request(this.in, "a", String.class).join())
				.hasRootCauseMessage("No answer to the request to '%s' came within 200 ms".formatted(this.in));
		}
	}

	@Test
	void whatCanNotBeSentEndsTheCallAtOnce() {
		String missing = TestCluster.newName("missing");
		try (TestApplication application = start(Nothing.class)) {
			StreamOperations streams = application.bean(StreamOperations.class);

			CompletableFuture<?> nobody = streams.request(missing, "a", String.class, Duration.ofHours(1));
			CompletableFuture<?> large = streams.request(this.in, new byte[2_000_000], String.class,
					Duration.ofHours(1));

			assertThatThrownBy(nobody::join).hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class)
				.cause()
				.hasMessage("Nobody can be asked in the topic '%s'".formatted(missing));
			assertThatThrownBy(large::join).hasRootCauseInstanceOf(RecordTooLargeException.class);
			assertThatThrownBy(() -> streams.request(this.in, new Broken(), String.class))
				.isInstanceOf(StreamException.class);
			assertThat(application.bean(RequestMonitor.class).waiting()).isZero();
		}
	}

	@Test
	void instancesOfAnApplicationGetOnlyTheirOwnAnswers() {
		try (TestApplication one = start(Squares.class); TestApplication two = start(Squares.class)) {
			for (int i = 0; i < 50; i++) {
				CompletableFuture<?> first = one.bean(StreamOperations.class).request(this.in, i, Square.class, LONG);
				CompletableFuture<?> second = two.bean(StreamOperations.class).request(this.in, -i, Square.class, LONG);
				assertThat(first.join()).isEqualTo(new Square(i, i * i));
				assertThat(second.join()).isEqualTo(new Square(-i, i * i));
			}
			assertThat(this.cluster.end(this.replies)).isEqualTo(100);
			assertThat(one.bean(RequestMonitor.class).late()).isZero();
			assertThat(two.bean(RequestMonitor.class).late()).isZero();
		}
	}

	@Test
	@Behaviour({ 43, 44, 45 })
	void interceptorsAreAroundTheRequest() {
		try (TestApplication application = start(Intercepted.class)) {
			StreamOperations streams = application.bean(StreamOperations.class);

			assertThat(streams.request(this.in, 3, Square.class, LONG).join()).isEqualTo(new Square(30, 900));
			assertThatThrownBy(() -> streams.request(this.in, 0, Square.class, LONG).join())
				.hasRootCauseMessage("An interceptor has left the request out");
			assertThat(application.bean(RequestMonitor.class).waiting()).isZero();
		}
	}

	@Test
	void springsListenersAnswer() {
		try (TestApplication application = start(SpringResponder.class)) {
			assertThat(application.bean(StreamOperations.class).request(this.in, "a", String.class, LONG).join())
				.isEqualTo("spring: a");
		}
	}

	@Test
	void handlersMayAskWithinATransaction() {
		try (TestApplication application = start(Asking.class)) {
			this.cluster.send(this.in, "k", "7");

			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(this.cluster.values(this.in + "-out"))
					.containsExactly("{\"of\":7,\"is\":49}"));
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void answersMayLeadToRequestsThatAreWaitedFor() {
		try (TestApplication application = start(Squares.class)) {
			StreamOperations streams = application.bean(StreamOperations.class);
			List<CompletableFuture<Integer>> all = IntStream.range(0, 50)
				.mapToObj((i) -> streams.request(this.in, 2, Square.class, LONG)
					.thenApply((square) -> streams.request(this.in, square.is(), Square.class, LONG).join().is()))
				.toList();

			assertThat(all).extracting(CompletableFuture::join).containsOnly(16);
		}
	}

	@Test
	void answersComeInPartitionsThatWereAddedMeanwhile() throws Exception {
		this.cluster.create(this.replies, 1, Map.of());
		try (TestApplication application = start(Nothing.class)) {
			CompletableFuture<String> request = application.bean(StreamOperations.class)
				.request(this.in, "a", String.class, LONG);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.in) == 1);
			this.cluster.admin().createPartitions(Map.of(this.replies, NewPartitions.increaseTo(2))).all().get();

			ConsumerRecord<byte[], byte[]> asked = this.cluster.read(this.in).get(0);
			ProducerRecord<byte[], byte[]> answer = new ProducerRecord<>(this.replies, 1, null,
					TestCluster.bytes("plain"));
			answer.headers().add(asked.headers().lastHeader("correlation_id"));
			this.cluster.send(answer);

			assertThat(request.join()).isEqualTo("plain");
		}
	}

	@Test
	void endOfTheApplicationEndsTheWait() {
		CompletableFuture<?> request;
		try (TestApplication application = start(Nothing.class)) {
			request = application.bean(StreamOperations.class).request(this.in, "a", String.class, LONG);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.in) == 1);
		}

		assertThatThrownBy(() -> request.get(10, TimeUnit.SECONDS))
			.hasRootCauseMessage("The application has stopped before the answer came");
	}

	private TestApplication start(Class<?> handler) {
		return start(handler, List.of());
	}

	private TestApplication start(Class<?> handler, List<?> beans, String... properties) {
		List<String> all = new ArrayList<>(List.of("in=" + this.in, "millrace.subscriber.group-id=" + this.in,
				"millrace.request.reply-topic=" + this.replies, "out=${in}-out", "asked=${in}-asked"));
		all.addAll(List.of(properties));
		return TestApplication.start(this.cluster.bootstrapServers(), beans, handler, all.toArray(String[]::new));
	}

	record Square(int of, int is) {

	}

	static class Broken {

		@JsonProperty
		int getNumber() {
			throw new IllegalStateException("No number");
		}

	}

	static class Nothing {

	}

	static class Squares {

		@StreamSubscriber(topics = "${in}", id = "request")
		Square handle(int number) {
			return new Square(number, number * number);
		}

	}

	static class Intercepted extends Squares {

		@Bean
		PublisherInterceptor times10() {
			return (record, publishing) -> {
				Object body = record.body();
				if (!(body instanceof Integer number)) {
					publishing.proceed(record);
				}
				else if (number != 0) {
					publishing.proceed(record.withBody(number * 10));
				}
			};
		}

	}

	static class Gated {

		private final CountDownLatch gate;

		Gated(CountDownLatch gate) {
			this.gate = gate;
		}

		@StreamSubscriber(topics = "${in}", id = "request")
		String handle(String body) throws InterruptedException {
			this.gate.await();
			return body;
		}

	}

	@EnableKafka
	static class SpringResponder {

		@KafkaListener(topics = "${in}", groupId = "spring",
				properties = "value.deserializer=org.apache.kafka.common.serialization.StringDeserializer")
		@SendTo
		String handle(String body) {
			return "spring: " + body;
		}

	}

	static class Asking {

		private final String asked;

		Asking(@Value("${asked}") String asked) {
			this.asked = asked;
		}

		@StreamSubscriber(topics = "${in}", id = "asking", exactlyOnce = true)
		@StreamPublisher("${out}")
		Square ask(int number, StreamOperations streams) {
			Square square = streams.request(this.asked, number, Square.class, LONG).join();
			assertThat(square).isNotNull();
			return square;
		}

		// A group of its own: a consumer with a transaction holds up each rebalance.
		@StreamSubscriber(topics = "${asked}", id = "answering", groupId = "${in}-answering")
		Square answer(int number) {
			return new Square(number, number * number);
		}

	}

}
