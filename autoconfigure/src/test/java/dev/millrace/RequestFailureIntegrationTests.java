package dev.millrace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;

import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Failures of those who answer requests.
 */
@Timeout(120)
class RequestFailureIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("request-in", 3);

	private final String replies = TestCluster.newName("request-replies");

	@Test
	void failureOfTheHandlerComesBackAfterItsLastAttempt() {
		try (TestApplication application = start(Failing.class)) {
			StreamOperations streams = application.bean(StreamOperations.class);

			assertThatThrownBy(() -> streams.request(this.in, "mill", String.class, LONG).join())
				.hasRootCauseInstanceOf(RequestFailedException.class)
				.hasRootCauseMessage("mill: attempt 2")
				.satisfies((failure) -> assertThat(((RequestFailedException) failure.getCause()).errorType())
					.isEqualTo(IllegalStateException.class.getName()));
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("mill");
			assertThat(application.bean(RequestMonitor.class).waiting()).isZero();
		}
	}

	@Test
	void requestThatCanNotBeReadComesBackAsAFailure() {
		try (TestApplication application = start(RequestIntegrationTests.Squares.class)) {
			assertThatThrownBy(() -> application.bean(StreamOperations.class)
				.request(this.in, "no number", RequestIntegrationTests.Square.class, LONG)
				.join()).hasRootCauseInstanceOf(RequestFailedException.class)
				.satisfies((failure) -> assertThat(((RequestFailedException) failure.getCause()).errorType())
					.isEqualTo(DecodingException.class.getName()));
		}
	}

	@Test
	void failureIsToldOnlyToThoseWhoUnderstandIt() {
		String answers = this.cluster.newTopic("request-answers", 1);
		try (TestApplication application = start(Failing.class)) {
			ProducerRecord<byte[], byte[]> request = new ProducerRecord<>(this.in, 0, null, TestCluster.bytes("a"));
			request.headers().add("reply_to", TestCluster.bytes(answers));
			this.cluster.send(request);

			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed(this.in, this.in) == 1);
			assertThat(this.cluster.end(answers)).isZero();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void interceptorThatRefusesTheFailureDoesNotHoldUpTheRecord() {
		String answers = this.cluster.newTopic("request-answers", 1);
		try (TestApplication application = start(Refusing.class)) {
			ProducerRecord<byte[], byte[]> request = new ProducerRecord<>(this.in, 0, null, TestCluster.bytes("a"));
			request.headers().add("reply_to", TestCluster.bytes(answers)).add("reply_errors", new byte[] { 1 });
			this.cluster.send(request);

			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed(this.in, this.in) == 1);
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("a");
			assertThat(this.cluster.end(answers)).isZero();
			assertThat(application.bean(Refusing.class).refused).containsExactly("a", "a", null);
		}
	}

	@Test
	void subscriberThatOnlyLooksOnDoesNotTellOfItsFailures() {
		try (TestApplication application = start(LookingOn.class)) {
			assertThat(application.bean(StreamOperations.class)
				.request(this.in, 7, RequestIntegrationTests.Square.class, LONG)
				.join()).isEqualTo(new RequestIntegrationTests.Square(7, 49));
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.in + "-dlt") == 1);
			assertThat(this.cluster.end(this.replies)).isEqualTo(1);
		}
	}

	private TestApplication start(Class<?> handler) {
		return TestApplication.start(handler, "in=" + this.in, "millrace.subscriber.group-id=" + this.in,
				"millrace.request.reply-topic=" + this.replies);
	}

	static class LookingOn extends RequestIntegrationTests.Squares {

		@StreamSubscriber(topics = "${in}", id = "audit", groupId = "audit")
		@Retry(attempts = "1")
		void audit(int number) {
			throw new IllegalStateException("No place on the disk");
		}

	}

	static class Refusing {

		private final List<@Nullable Object> refused = new CopyOnWriteArrayList<>();

		@Bean
		PublisherInterceptor doorman(Refusing refusing) {
			return (record, publishing) -> {
				refusing.refused.add(record.body());
				throw new IllegalStateException("refused");
			};
		}

		@StreamSubscriber(topics = "${in}", id = "request")
		@Retry(attempts = "2")
		String handle(String body) {
			return body;
		}

	}

	static class Failing {

		@StreamSubscriber(topics = "${in}", id = "request")
		@Retry(attempts = "2")
		String handle(String body, StreamRecord record) {
			throw new IllegalStateException(body + ": attempt " + record.attempt());
		}

	}

}
