package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.guarantee.RetryHandlers.Attempt;
import dev.millrace.guarantee.RetryHandlers.Flaky;
import dev.millrace.guarantee.RetryHandlers.Patient;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records that wait for another attempt in a topic.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class RetryTopicIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	/** Old timestamps would be deleted while the test looks. */
	private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

	private final TestCluster cluster = TestCluster.shared();

	/** Scenario 23. */
	@Test
	void eachRecordThatFailsOnceIsTriedAgainOnce() {
		String in = this.cluster.newTopic("once-in", 3, KEPT);
		String out = this.cluster.newTopic("once-out", 1);
		try (TestApplication application = start(in, out)) {
			IntStream.range(0, 200)
				.forEach((i) -> this.cluster.send(new ProducerRecord<>(in, i % 3, 1_000_000L + i,
						TestCluster.bytes("key-" + i), TestCluster.bytes("1:" + i))));
			await().atMost(LONG).until(() -> this.cluster.committed("test.flaky.retry", in + "-retry") == 200);
			assertThat(this.cluster.committed("test.flaky", in)).isEqualTo(200);
			assertThat(this.cluster.values(out)).hasSize(200).doesNotHaveDuplicates();
			assertThat(application.bean(Flaky.class).attemptsByCoordinates().values()).hasSize(200)
				.allMatch((attempts) -> attempts == 2);
		}
		assertThat(this.cluster.partitions(in + "-retry")).hasSize(3);
		assertThat(this.cluster.configuration(in + "-retry", "retention.ms")).isEqualTo("-1");
		assertThat(this.cluster.configuration(in + "-retry", "retention.bytes")).isEqualTo("-1");
		assertThat(this.cluster.configuration(in + "-retry", "cleanup.policy")).isEqualTo("delete");
		Map<String, ConsumerRecord<byte[], byte[]>> originals = byValue(this.cluster.read(in));
		List<ConsumerRecord<byte[], byte[]>> retries = this.cluster.read(in + "-retry");
		assertThat(retries).hasSize(200).allSatisfy((retry) -> {
			ConsumerRecord<byte[], byte[]> original = originals.get(TestCluster.text(retry.value()));
			assertThat(retry.key()).isEqualTo(original.key());
			assertThat(retry.partition()).isEqualTo(original.partition());
			assertThat(retry.timestamp()).isEqualTo(original.timestamp());
			assertThat(texts(retry)).containsEntry("attempts", "1")
				.containsEntry("topic", in)
				.containsEntry("partition", "" + original.partition())
				.containsEntry("offset", "" + original.offset())
				.containsEntry("timestamp", "" + original.timestamp())
				.containsKeys("due", "first-attempt")
				.hasEntrySatisfying("reason", (reason) -> assertThat(reason).contains("refused"));
		});
		Set<String> ids = this.cluster.read(out)
			.stream()
			.map((reply) -> TestCluster.header(reply, "correlation_id"))
			.collect(Collectors.toSet());
		assertThat(ids).isEqualTo(originals.values()
			.stream()
			.map((record) -> in + "-" + record.partition() + "@" + record.offset())
			.collect(Collectors.toSet()));
	}

	@Test
	void originIsTheSameAndAttemptsGrowHoweverOftenARecordFails() {
		String in = this.cluster.newTopic("hops-in", 2, KEPT);
		String out = this.cluster.newTopic("hops-out", 1);
		RecordHeaders headers = new RecordHeaders();
		headers.add("trace", new byte[] { 1, 2 }).add("retry-topic", TestCluster.bytes("mine"));
		try (TestApplication application = start(in, out)) {
			this.cluster.send(new ProducerRecord<>(in, 1, 77L, TestCluster.bytes("a"), TestCluster.bytes("0:first")));
			this.cluster
				.send(new ProducerRecord<>(in, 1, 1234L, TestCluster.bytes("k"), TestCluster.bytes("3:x"), headers));
			await().atMost(LONG).until(() -> this.cluster.values(out).contains("3:x"));
			List<Attempt> attempts = application.bean(Flaky.class).attemptsOf("3:x");
			assertThat(attempts).hasSize(4);
			assertThat(attempts).extracting(Attempt::coordinates).containsOnly(in + "-1@1");
			assertThat(attempts).extracting(Attempt::timestamp).containsOnly(1234L);
			assertThat(attempts).extracting(Attempt::headers)
				.containsOnly("trace=[1, 2], retry-topic=[109, 105, 110, 101]");
			assertThat(this.cluster.read(out)).extracting((reply) -> TestCluster.header(reply, "correlation_id"))
				.containsExactly(in + "-1@0", in + "-1@1");
		}
		List<ConsumerRecord<byte[], byte[]>> hops = this.cluster.read(in + "-retry");
		assertThat(hops).extracting((hop) -> texts(hop).get("attempts")).containsExactly("1", "2", "3");
		for (String constant : List.of("topic", "partition", "offset", "timestamp", "first-attempt")) {
			assertThat(hops).as(constant)
				.extracting((hop) -> texts(hop).get(constant))
				.containsOnly(texts(hops.get(0)).get(constant));
		}
		assertThat(texts(hops.get(2))).containsEntry("topic", in)
			.containsEntry("partition", "1")
			.containsEntry("offset", "1");
	}

	@Test
	void lanesGoOnWhileRecordsWaitAndNoneIsTriedBeforeItIsDue() {
		String in = this.cluster.newTopic("goes-on-in", 1);
		try (TestApplication application = TestApplication.start(Patient.class, "in=" + in)) {
			Patient handler = application.bean(Patient.class);
			List.of("3600000", "2000", "100", "0").forEach((delay) -> this.cluster.send(in, "k", delay));
			await().atMost(LONG).until(() -> handler.attempts.size() == 6);
			assertThat(handler.attempts).extracting(Attempt::body).containsOnlyOnce("3600000", "0");
			for (String delay : List.of("2000", "100")) {
				List<Attempt> attempts = handler.attemptsOf(delay);
				assertThat(attempts).hasSize(2);
				assertThat(attempts.get(1).at() - attempts.get(0).at()).isGreaterThanOrEqualTo(Long.parseLong(delay));
			}
			await().atMost(LONG).until(() -> this.cluster.committed("test.patient", in) == 4);
			// One still waits: it is not committed, nor what is behind it.
			long waiting = this.cluster.values(in + "-retry").indexOf("3600000");
			await().atMost(LONG).until(() -> this.cluster.committed("test.patient.retry", in + "-retry") == waiting);
		}
	}

	@Test
	void recordThatFailsForGoodBecomesADeadLetterOfItsOwnTopic() {
		String in = this.cluster.newTopic("exhausted-in", 3, KEPT);
		String out = this.cluster.newTopic("exhausted-out", 1);
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.retry.attempts=3")) {
			this.cluster.send(new ProducerRecord<>(in, 2, TestCluster.bytes("a"), TestCluster.bytes("0:first")));
			this.cluster.send(new ProducerRecord<>(in, 2, 1234L, TestCluster.bytes("k"), TestCluster.bytes("9:x")));
			await().atMost(LONG).until(() -> this.cluster.committed("test.flaky.retry", in + "-retry") == 2);
			assertThat(application.bean(Flaky.class).attemptsOf("9:x")).hasSize(3);
		}
		assertThat(this.cluster.read(in + "-dlt")).singleElement().satisfies((letter) -> {
			assertThat(letter.partition()).isEqualTo(2);
			assertThat(letter.headers()).noneMatch((header) -> header.key().startsWith("retry-"));
			assertThat(TestCluster.header(letter, "dead-letter-topic")).isEqualTo(in);
			assertThat(TestCluster.header(letter, "dead-letter-partition")).isEqualTo("2");
			assertThat(TestCluster.header(letter, "dead-letter-offset")).isEqualTo("1");
			assertThat(TestCluster.header(letter, "dead-letter-timestamp")).isEqualTo("1234");
			assertThat(TestCluster.header(letter, "dead-letter-attempts")).isEqualTo("3");
			assertThat(TestCluster.header(letter, "dead-letter-group")).isEqualTo("test.flaky");
		});
	}

	@Test
	void replyThatIsRefusedCallsTheHandlerAgain() {
		String in = this.cluster.newTopic("refused-in", 1);
		String out = this.cluster.newTopic("refused-out", 1, Map.of("max.message.bytes", "300"));
		String body = "0:" + "x".repeat(1000);
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.retry.attempts=2")) {
			List.of(body, "0:y").forEach((value) -> this.cluster.sendLater(in, "k", value));
			await().atMost(LONG).until(() -> this.cluster.committed("test.flaky.retry", in + "-retry") == 1);
			assertThat(application.bean(Flaky.class).attemptsOf(body)).hasSize(2);
			assertThat(this.cluster.values(out)).containsExactly("0:y");
			assertThat(this.cluster.values(in + "-dlt")).containsExactly(body);
		}
	}

	@Test
	void timeLimitCountsFromTheFirstAttempt() {
		String in = this.cluster.newTopic("time-limit-in", 1);
		String out = this.cluster.newTopic("time-limit-out", 1);
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.retry.max-time=1s",
				"millrace.subscribers.flaky.retry.delay=700ms", "millrace.subscribers.flaky.retry.max-delay=700ms")) {
			this.cluster.send(in, "k", "99:x");
			await().atMost(LONG)
				.until(() -> !this.cluster.committedOffsets("test.flaky").isEmpty() && existing(in + "-dlt")
						&& this.cluster.end(in + "-dlt") == 1);
			List<Attempt> attempts = application.bean(Flaky.class).attemptsOf("99:x");
			// Each attempt alone is far from the limit.
			assertThat(attempts).hasSizeBetween(2, 3);
			assertThat(attempts.get(attempts.size() - 1).at() - attempts.get(0).at()).isGreaterThanOrEqualTo(700);
		}
	}

	/** As scenario 11. */
	@Test
	void recordIsNotFinishedBeforeItIsInTheRetryTopic(CapturedOutput output) {
		String in = this.cluster.newTopic("no-room-in", 1);
		String out = this.cluster.newTopic("no-room-out", 1);
		this.cluster.create(in + "-retry", 1, Map.of("max.message.bytes", "100"));
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.ordering=none")) {
			List.of("1:x", "0:y").forEach((value) -> this.cluster.send(in, null, value));
			await().atMost(LONG).until(() -> this.cluster.values(out).equals(List.of("0:y")));
			await().atMost(LONG).until(() -> output.getOut().split("could not be written", -1).length > 6);
			assertThat(this.cluster.committed("test.flaky", in)).isLessThanOrEqualTo(0);
			assertThat(application.bean(Flaky.class).attemptsOf("1:x")).hasSize(1);
			this.cluster.configure(in + "-retry", "max.message.bytes", "1000000");
			await().atMost(LONG).until(() -> this.cluster.values(out).contains("1:x"));
			await().atMost(LONG).until(() -> this.cluster.committed("test.flaky", in) == 2);
			assertThat(this.cluster.read(in + "-retry")).singleElement()
				.satisfies((retry) -> assertThat(texts(retry)).containsEntry("attempts", "1"));
		}
	}

	private TestApplication start(String in, String out, String... properties) {
		List<String> all = new ArrayList<>(List.of("in=" + in, "out=" + out));
		all.addAll(List.of(properties));
		return TestApplication.start(Flaky.class, all.toArray(String[]::new));
	}

	private boolean existing(String topic) {
		return this.cluster.admin()
			.listTopics()
			.names()
			.toCompletionStage()
			.toCompletableFuture()
			.join()
			.contains(topic);
	}

	private static Map<String, ConsumerRecord<byte[], byte[]>> byValue(List<ConsumerRecord<byte[], byte[]>> records) {
		return records.stream()
			.collect(Collectors.toMap((record) -> TestCluster.text(record.value()), (record) -> record));
	}

	// The last of a name is ours.
	private static Map<String, String> texts(ConsumerRecord<byte[], byte[]> retry) {
		return Stream.of(retry.headers().toArray())
			.filter((header) -> header.key().startsWith("retry-"))
			.collect(Collectors.toMap((header) -> header.key().substring("retry-".length()),
					(header) -> TestCluster.text(header.value()), (first, last) -> last));
	}

}
