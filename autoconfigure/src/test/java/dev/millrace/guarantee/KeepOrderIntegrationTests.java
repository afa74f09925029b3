package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextException;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Records that wait in a topic behind an earlier one of their key.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class KeepOrderIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final String GROUP = "test.ordered";

	private final TestCluster cluster = TestCluster.shared();

	private final Outages outages = new Outages();

	@Test
	void laterRecordsOfAKeyWaitBehindItWhileOthersAndTheOffsetsGoOn() {
		String in = this.cluster.newTopic("order-in", 2);
		this.outages.broken.add("a");
		try (TestApplication application = start(in)) {
			send(in, "a0", "b0", "a1", "a2", "b1");
			await().atMost(LONG).until(() -> committed(in) == 5);
			await().atMost(LONG).until(() -> this.outages.finished().containsAll(List.of("b0", "b1")));
			await().atMost(LONG).until(() -> this.outages.attemptsOf("a0") > 3);
			assertThat(this.outages.attemptsOf("a1")).isZero();
			assertThat(this.cluster.values(in + "-retry")).containsExactly("a0", "a1", "a2");
			this.outages.broken.clear();
			await().atMost(LONG).until(() -> committed(in + "-retry") == 3);
			send(in, "a3");
			await().atMost(LONG).until(() -> committed(in) == 6);
			assertThat(this.outages.finishedOf("a")).containsExactly("a0", "a1", "a2", "a3");
			// The key is free again.
			assertThat(this.cluster.end(in + "-retry")).isEqualTo(3);
			assertThat(application.bean(KafkaListenerEndpointRegistry.class).getListenerContainerIds())
				.containsExactly("ordered");
		}
	}

	@Test
	void eachIsTheRecordThatItWasAndItsAttemptsBeginWithTheFirst() {
		String in = this.cluster.newTopic("order-original-in", 3);
		this.outages.broken.add("a");
		try (TestApplication application = start(in, "millrace.subscribers.ordered.retry.attempts=3")) {
			this.cluster.send(new ProducerRecord<>(in, 2, 1234L, TestCluster.bytes("a"), TestCluster.bytes("a0")));
			this.cluster.send(new ProducerRecord<>(in, 2, 1235L, TestCluster.bytes("a"), TestCluster.bytes("a1")));
			await().atMost(LONG).until(() -> committed(in + "-retry") == 2);
			assertThat(this.outages.attemptsOf("a0")).isEqualTo(3);
			assertThat(this.outages.attemptsOf("a1")).isEqualTo(3);
			List<ConsumerRecord<byte[], byte[]>> letters = this.cluster.read(in + "-dlt");
			assertThat(letters).extracting((letter) -> TestCluster.text(letter.value())).containsExactly("a0", "a1");
			assertThat(letters).extracting(ConsumerRecord::partition).containsOnly(2);
			assertThat(letters).extracting((letter) -> TestCluster.header(letter, "dead-letter-topic"))
				.containsOnly(in);
			assertThat(letters).extracting((letter) -> TestCluster.header(letter, "dead-letter-offset"))
				.containsExactly("0", "1");
			assertThat(letters).extracting((letter) -> TestCluster.header(letter, "dead-letter-attempts"))
				.containsOnly("3");
			assertThat(this.outages.coordinates).containsOnly(in + "-2@0", in + "-2@1");
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	@Test
	void deadLetterLetsTheOthersGoOn() {
		String in = this.cluster.newTopic("order-dead-in", 1);
		this.outages.broken.add("a0");
		try (TestApplication application = start(in, "millrace.subscribers.ordered.retry.attempts=3")) {
			send(in, "a0", "a1", "a2");
			await().atMost(LONG).until(() -> this.outages.finishedOf("a").equals(List.of("a1", "a2")));
			// Which is when the dead letter is confirmed; the others do not wait for
			// that.
			await().atMost(LONG).until(() -> committed(in + "-retry") == 3);
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("a0");
			send(in, "a3");
			await().atMost(LONG).until(() -> this.outages.finished().contains("a3"));
			assertThat(this.cluster.end(in + "-retry")).isEqualTo(3);
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	@Test
	void keyStaysParkedOverARestart() {
		String in = this.cluster.newTopic("order-restart-in", 2);
		this.outages.broken.add("a");
		try (TestApplication application = start(in)) {
			send(in, "a0", "a1", "b0");
			await().atMost(LONG).until(() -> committed(in) == 3);
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
		int before = this.outages.attemptsOf("a0");
		try (TestApplication application = start(in)) {
			send(in, "a2", "b1");
			await().atMost(LONG).until(() -> committed(in) == 5);
			await().atMost(LONG).until(() -> this.outages.attemptsOf("a0") > before);
			assertThat(this.cluster.values(in + "-retry")).containsExactly("a0", "a1", "a2");
			assertThat(this.outages.finishedOf("a")).isEmpty();
			this.outages.broken.clear();
			await().atMost(LONG).until(() -> committed(in + "-retry") == 3);
			assertThat(this.outages.finishedOf("a")).containsExactly("a0", "a1", "a2");
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	/**
	 * What a crash leaves behind: retries of records whose own offsets are not committed.
	 */
	@Test
	void recordsThatAreReadAgainDoNotOvertakeTheirCopies() throws Exception {
		String in = this.cluster.newTopic("order-again-in", 1);
		this.outages.broken.add("a");
		try (TestApplication application = start(in)) {
			send(in, "a0", "a1", "a2");
			await().atMost(LONG).until(() -> committed(in) == 3);
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
		this.cluster.admin()
			.alterConsumerGroupOffsets(GROUP, Map.of(new TopicPartition(in, 0), new OffsetAndMetadata(0)))
			.all()
			.get();
		try (TestApplication application = start(in)) {
			await().atMost(LONG).until(() -> this.cluster.end(in + "-retry") == 6);
			this.outages.broken.clear();
			await().atMost(LONG).until(() -> committed(in + "-retry") == 6);
			assertThat(this.outages.finishedOf("a")).containsExactly("a0", "a1", "a2", "a0", "a1", "a2");
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "KEY", "PARTITION" })
	void recordsWithoutAKeyHaveAnOrderOnlyWithinTheirPartition(Ordering ordering) {
		String in = this.cluster.newTopic("order-keyless-in", 1);
		this.outages.broken.add("x0");
		try (TestApplication application = start(in, "millrace.subscribers.ordered.ordering=" + ordering)) {
			this.cluster.send(in, null, "x0");
			await().atMost(LONG).until(() -> this.outages.attemptsOf("x0") > 0);
			this.cluster.send(in, null, "x1");
			await().atMost(LONG).until(() -> committed(in) == 2);
			await().atMost(LONG).until(() -> this.outages.attemptsOf("x0") > 2);
			assertThat(this.outages.attemptsOf("x1")).isEqualTo((ordering == Ordering.KEY) ? 1 : 0);
			this.outages.broken.clear();
			await().atMost(LONG).until(() -> this.outages.finished().containsAll(List.of("x0", "x1")));
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	@Test
	void retryTopicWithFewerPartitionsIsRefused() {
		String in = this.cluster.newTopic("order-few-in", 3);
		this.cluster.create(in + "-retry", 2, Map.of());
		assertThatExceptionOfType(ApplicationContextException.class).isThrownBy(() -> start(in))
			.havingCause()
			.isInstanceOf(StreamConfigurationException.class)
			.withMessageContaining("Subscriber 'ordered' (Ordered.handle(ConsumerRecord)")
			.withMessageContaining("has 2 partitions, fewer than '" + in + "' with 3");
	}

	@Test
	void partitionThatComesLaterIsReadWhenTheRetryTopicHasItToo(CapturedOutput output) throws Exception {
		String in = this.cluster.newTopic("order-grows-in", 1);
		try (TestApplication application = start(in)) {
			this.cluster.admin().createPartitions(Map.of(in, NewPartitions.increaseTo(2))).all().get();
			await().atMost(LONG)
				.until(() -> output.getOut()
					.contains(in + "-1 is not read, because the retry topic '" + in + "-retry' has only 1"));
			this.cluster.send(new ProducerRecord<>(in, 1, TestCluster.bytes("a"), TestCluster.bytes("a0")));
			send(in, "b0");
			await().during(Duration.ofSeconds(1)).until(() -> !this.outages.finished().contains("a0"));
			this.cluster.admin().createPartitions(Map.of(in + "-retry", NewPartitions.increaseTo(2))).all().get();
			await().atMost(LONG).until(() -> this.outages.finished().containsAll(List.of("a0", "b0")));
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	@Test
	void orderCanBeKeptFromWhereItWasNot() {
		String in = this.cluster.newTopic("order-switch-in", 1);
		this.outages.broken.add("a0");
		try (TestApplication application = start(in, "millrace.subscribers.ordered.retry.keep-order=false",
				"millrace.subscribers.ordered.retry.attempts=3")) {
			send(in, "a0");
			await().atMost(LONG)
				.until(() -> this.cluster.committed(GROUP + ".retry", in + "-retry") == this.cluster.end(in + "-retry")
						&& this.cluster.end(in + "-retry") == 2);
			assertThat(application.container("ordered-retry").isRunning()).isTrue();
		}
		int before = this.outages.attemptsOf("a0");
		try (TestApplication application = start(in)) {
			await().atMost(LONG).until(() -> committed(in + "-retry") == 2);
			send(in, "a1");
			await().atMost(LONG).until(() -> this.outages.finished().contains("a1"));
			assertThat(this.outages.attemptsOf("a0")).isEqualTo(before);
			assertThat(application.container("ordered").isRunning()).isTrue();
		}
	}

	@Test
	void pausedSubscriberTriesNothingAgain() {
		String in = this.cluster.newTopic("order-pause-in", 1);
		this.outages.broken.add("a0");
		try (TestApplication application = start(in)) {
			send(in, "a0");
			await().atMost(LONG).until(() -> this.outages.attemptsOf("a0") > 1);
			application.container("ordered").pause();
			await().atMost(LONG).until(() -> application.container("ordered").isContainerPaused());
			this.cluster.send(new ProducerRecord<>(in + "-retry", 0, TestCluster.bytes("f"), TestCluster.bytes("f0")));
			await().during(Duration.ofSeconds(1)).until(() -> this.outages.attemptsOf("f0") == 0);
			application.container("ordered").resume();
			await().atMost(LONG).until(() -> this.outages.finished().contains("f0"));
		}
	}

	private TestApplication start(String in, String... properties) {
		List<String> all = new ArrayList<>(List.of("in=" + in));
		all.addAll(List.of(properties));
		return TestApplication.start(this.cluster.bootstrapServers(), List.of(this.outages), Ordered.class,
				all.toArray(String[]::new));
	}

	private void send(String in, String... bodies) {
		for (String body : bodies) {
			this.cluster.send(in, body.substring(0, 1), body);
		}
	}

	private long committed(String topic) {
		return this.cluster.committed(GROUP, topic);
	}

	/** What fails, and what was seen, in all applications of a test. */
	static final class Outages {

		/** Keys or bodies whose records fail. */
		final Set<String> broken = ConcurrentHashMap.newKeySet();

		final Set<String> coordinates = ConcurrentHashMap.newKeySet();

		private final ConcurrentLinkedQueue<String> attempts = new ConcurrentLinkedQueue<>();

		private final ConcurrentLinkedQueue<String> finished = new ConcurrentLinkedQueue<>();

		int attemptsOf(String body) {
			return (int) this.attempts.stream().filter(body::equals).count();
		}

		List<String> finished() {
			return List.copyOf(this.finished);
		}

		List<String> finishedOf(String key) {
			return this.finished.stream().filter((body) -> body.startsWith(key)).toList();
		}

		void handle(String body) {
			this.attempts.add(body);
			if (this.broken.contains(body) || this.broken.contains(body.substring(0, 1))) {
				throw new IllegalStateException("broken: " + body);
			}
			this.finished.add(body);
		}

	}

	static class Ordered {

		private final Outages outages;

		Ordered(Outages outages) {
			this.outages = outages;
		}

		@StreamSubscriber(topics = "${in}", id = "ordered", ordering = Ordering.KEY)
		@Retry(mode = RetryMode.TOPIC, keepOrder = true, topic = "${in}-retry", attempts = "1000")
		void handle(ConsumerRecord<byte[], byte[]> record) {
			this.outages.coordinates.add(record.topic() + "-" + record.partition() + "@" + record.offset());
			this.outages.handle(TestCluster.text(record.value()));
		}

	}

}
