package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A record that fails holds its lane, is tried again and logged each time, and nothing
 * behind it is committed or lost.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailureIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	@Behaviour(164)
	void recordThatFailsIsTriedAgainBeforeTheNextOneAndLoggedEachTime(CapturedOutput output) {
		String in = this.cluster.newTopic("failing-in", 1);
		String out = this.cluster.newTopic("failing-out", 1);
		try (TestApplication application = TestApplication.start(Moody.class, "in=" + in, "out=" + out,
				"millrace.subscriber.retry.attempts=1000")) {
			Moody moody = application.bean(Moody.class);
			List.of("1", "bad", "3").forEach((value) -> this.cluster.send(in, null, value));
			await().until(() -> moody.calls.stream().filter("bad"::equals).count() == 3);
			assertThat(this.cluster.committed("test.moody", in)).isLessThanOrEqualTo(1);
			moody.angry.set(false);
			await().atMost(Duration.ofSeconds(10)).until(() -> this.cluster.committed("test.moody", in) == 3);
			assertThat(this.cluster.values(out)).containsExactly("1", "bad", "3");
			assertThat(moody.calls).startsWith("1", "bad", "bad", "bad").endsWith("bad", "3");
		}
		assertThat(output).contains("Subscriber 'moody' (Moody.handle(String) of bean")
			.contains("failed on " + in + "-0@1, attempt 1;")
			.contains("failed on " + in + "-0@1, attempt 3;")
			.contains("IllegalStateException: bad mood");
	}

	@Test
	void recordThatFailsHoldsItsPartitionOnly() {
		String in = this.cluster.newTopic("poison-in", 2);
		try (TestApplication application = TestApplication.start(Numbers.class, "in=" + in)) {
			Numbers numbers = application.bean(Numbers.class);
			send(in, 0, "-1");
			send(in, 0, "1");
			send(in, 1, "2");
			send(in, 1, "3");
			await().until(() -> numbers.received.containsAll(List.of(2, 3)));
			await().until(() -> numbers.received.stream().filter((number) -> number < 0).count() > 12);
			await().atMost(Duration.ofSeconds(5)).until(() -> this.cluster.committed("test.numbers", in) == 2);
			assertThat(numbers.received).doesNotContain(1);
		}
	}

	@Test
	void errorThrownByAHandlerIsAFailureLikeAnyOther() {
		String in = this.cluster.newTopic("error-in", 1);
		try (TestApplication application = TestApplication.start(Erring.class, "in=" + in)) {
			this.cluster.send(in, null, "1");
			await().atMost(Duration.ofSeconds(10)).until(() -> this.cluster.committed("test.erring", in) == 1);
			assertThat(application.bean(Erring.class).calls).hasSize(2);
		}
	}

	private void send(String topic, int partition, String value) {
		this.cluster.send(new ProducerRecord<>(topic, partition, null, TestCluster.bytes(value)));
	}

	static class Moody {

		final AtomicBoolean angry = new AtomicBoolean(true);

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "moody")
		@StreamPublisher("${out}")
		String handle(String body) {
			this.calls.add(body);
			if (body.equals("bad") && this.angry.get()) {
				throw new IllegalStateException("bad mood");
			}
			return body;
		}

	}

	static class Numbers {

		final Queue<Integer> received = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "numbers", ackPolicy = AckPolicy.NACK_ON_ERROR)
		void handle(int number) {
			this.received.add(number);
			if (number < 0) {
				throw new IllegalArgumentException("negative");
			}
		}

	}

	static class Erring {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "erring")
		void handle(String body) {
			this.calls.add(body);
			if (this.calls.size() == 1) {
				throw new StackOverflowError("first");
			}
		}

	}

}
