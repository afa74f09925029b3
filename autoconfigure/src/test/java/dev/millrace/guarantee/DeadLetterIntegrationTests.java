package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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

import dev.millrace.DeadLetterHeaders;
import dev.millrace.Ordering;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records that fail for good.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class DeadLetterIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	/** Scenario 24. */
	@Test
	void onlyThoseThatFailForGoodBecomeDeadLettersAndAllOthersHaveOneReply() {
		String in = this.cluster.newTopic("part-in", 1);
		String out = this.cluster.newTopic("part-out", 1);
		try (TestApplication application = TestApplication.start(Picky.class, "in=" + in, "out=" + out)) {
			IntStream.range(0, 500).forEach((i) -> this.cluster.sendLater(in, "k" + i, "" + i));
			this.cluster.flush();
			await().atMost(LONG).until(() -> this.cluster.committed("test.picky", in) == 500);
			assertThat(this.cluster.values(in + "-dlt")).containsExactlyInAnyOrder("0", "7", "499");
			assertThat(this.cluster.values(out)).hasSize(497).doesNotHaveDuplicates().doesNotContain("0", "7", "499");
			Queue<Integer> calls = application.bean(Picky.class).calls;
			assertThat(calls).hasSize(497 + 3 * 3);
		}
	}

	/** Scenario 13. */
	@Test
	void bytesThatAreNotJsonNeverStopOrSkipTheirNeighbours() {
		String in = this.cluster.newTopic("poison-in", 1);
		String out = this.cluster.newTopic("poison-out", 1);
		byte[] poison = { (byte) 0xC3, 0x28, 0, 1 };
		try (TestApplication application = TestApplication.start(Picky.class, "in=" + in, "out=" + out,
				"millrace.subscribers.picky.ordering=partition")) {
			this.cluster.send(in, "a", "1");
			RecordHeaders headers = new RecordHeaders();
			headers.add("trace", new byte[] { 1, 2 }).add("nothing", null);
			this.cluster.send(new ProducerRecord<>(in, 0, 1234L, TestCluster.bytes("key"), poison, headers));
			this.cluster.send(in, "b", "2");
			await().atMost(LONG).until(() -> this.cluster.committed("test.picky", in) == 3);
			assertThat(this.cluster.values(out)).containsExactly("1", "2");
			ConsumerRecord<byte[], byte[]> letter = this.cluster.read(in + "-dlt").get(0);
			assertThat(letter.value()).isEqualTo(poison);
			assertThat(letter.key()).asString().isEqualTo("key");
			assertThat(letter.headers().lastHeader("trace").value()).containsExactly(1, 2);
			assertThat(letter.headers().lastHeader("nothing").value()).isNull();
			assertThat(texts(letter)).containsEntry("topic", in)
				.containsEntry("partition", "0")
				.containsEntry("offset", "1")
				.containsEntry("timestamp", "1234")
				.containsEntry("group", "test.picky")
				.containsEntry("subscriber", "picky")
				.containsEntry("attempts", "1")
				.containsEntry("exception-class-name", "dev.millrace.DecodingException")
				.hasEntrySatisfying("exceptions", (chain) -> assertThat(chain).contains("\n").contains("jackson"))
				.containsKey("reason");
		}
	}

	/** Scenario 10. */
	@Test
	void recordsOfOnePartitionThatFailAtTheSameTimeAreTriedAndRejectedEachOnItsOwn() {
		String in = this.cluster.newTopic("two-in", 1);
		String out = this.cluster.newTopic("two-out", 1);
		try (TestApplication application = TestApplication.start(Picky.class, "in=" + in, "out=" + out,
				"millrace.subscribers.picky.ordering=none")) {
			List.of("0", "1", "7", "2").forEach((value) -> this.cluster.send(in, null, value));
			await().atMost(LONG).until(() -> this.cluster.committed("test.picky", in) == 4);
			assertThat(this.cluster.values(in + "-dlt")).containsExactlyInAnyOrder("0", "7");
			assertThat(application.bean(Picky.class).calls).containsExactlyInAnyOrder(0, 0, 0, 7, 7, 7, 1, 2);
		}
	}

	/** Scenario 11. */
	@Test
	void recordIsNotFinishedBeforeItsDeadLetterIsWritten(CapturedOutput output) {
		String in = this.cluster.newTopic("unwritable-in", 1);
		String out = this.cluster.newTopic("unwritable-out", 1);
		this.cluster.create(in + "-dlt", 1, Map.of("max.message.bytes", "100"));
		try (TestApplication application = TestApplication.start(Picky.class, "in=" + in, "out=" + out,
				"millrace.subscribers.picky.ordering=none")) {
			List.of("7", "1").forEach((value) -> this.cluster.send(in, null, value));
			await().until(() -> this.cluster.values(out).equals(List.of("1")));
			await().atMost(LONG).until(() -> output.getOut().split("could not be written", -1).length > 6);
			assertThat(this.cluster.committed("test.picky", in)).isLessThanOrEqualTo(0);
			this.cluster.configure(in + "-dlt", "max.message.bytes", "1000000");
			await().atMost(LONG).until(() -> this.cluster.committed("test.picky", in) == 2);
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("7");
			assertThat(texts(this.cluster.read(in + "-dlt").get(0))).containsEntry("attempts", "3");
			assertThat(application.bean(Picky.class).calls).containsExactlyInAnyOrder(7, 7, 7, 1);
		}
	}

	@Test
	void deadLetterKeepsThePartitionOfItsRecord() {
		String in = this.cluster.newTopic("spread-in", 5);
		String out = this.cluster.newTopic("spread-out", 1);
		try (TestApplication application = TestApplication.start(Picky.class, "in=" + in, "out=" + out)) {
			for (int i = 0; i < 5; i++) {
				this.cluster.send(new ProducerRecord<>(in, i, TestCluster.bytes("k"), TestCluster.bytes("7")));
			}
			await().atMost(LONG).until(() -> this.cluster.committed("test.picky", in) == 5);
			assertThat(this.cluster.read(in + "-dlt")).extracting(ConsumerRecord::partition)
				.containsExactlyInAnyOrder(0, 1, 2, 3, 4);
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void deadLettersOfATopicWithFewerPartitionsGoWhereTheirKeySays() {
		String in = this.cluster.newTopic("fewer-in", 3);
		String graveyard = this.cluster.newTopic("graveyard", 1);
		try (TestApplication application = TestApplication.start(Named.class, "in=" + in, "graveyard=" + graveyard)) {
			this.cluster.send(new ProducerRecord<>(in, 2, TestCluster.bytes("k"), TestCluster.bytes("7")));
			await().atMost(LONG).until(() -> this.cluster.committed("test.named", in) == 1);
			ConsumerRecord<byte[], byte[]> letter = this.cluster.read(graveyard).get(0);
			assertThat(letter.headers()).extracting((header) -> header.key())
				.contains("kafka_dlt-original-topic", "kafka_dlt-original-consumer-group", "kafka_dlt-exception-fqcn")
				.noneMatch((name) -> name.startsWith("dead-letter-"));
			assertThat(letter.headers().lastHeader("kafka_dlt-original-partition").value()).containsExactly(0, 0, 0, 2);
			assertThat(TestCluster.header(letter, "kafka_dlt-original-consumer-group")).isEqualTo("test.named");
			assertThat(TestCluster.header(letter, "kafka_dlt-exception-cause-fqcn"))
				.isEqualTo("java.lang.IllegalStateException");
			assertThat(application.bean(Named.class).calls).hasSize(1);
		}
	}

	@Test
	void topicForTheDeadLettersOfAPatternIsCreatedWhenItIsNeeded() throws Exception {
		String prefix = TestCluster.newName("pattern");
		this.cluster.create(prefix + "-a", 4, Map.of());
		try (TestApplication application = TestApplication.start(Matching.class, "prefix=" + prefix)) {
			this.cluster.send(new ProducerRecord<>(prefix + "-a", 3, null, TestCluster.bytes("x")));
			await().atMost(LONG).until(() -> this.cluster.committed("test.matching", prefix + "-a") == 1);
			assertThat(this.cluster.partitions(prefix + "-a-dlt")).hasSize(4);
			assertThat(this.cluster.read(prefix + "-a-dlt").get(0).partition()).isEqualTo(3);
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void withoutDeadLettersARecordIsLeftBehindAfterItsLastAttempt(CapturedOutput output) {
		String in = this.cluster.newTopic("without-in", 1);
		String out = this.cluster.newTopic("without-out", 1);
		try (TestApplication application = TestApplication.start(Picky.class, "in=" + in, "out=" + out,
				"millrace.subscribers.picky.dead-letter.enabled=false",
				"millrace.subscribers.picky.ordering=partition")) {
			List.of("7", "1").forEach((value) -> this.cluster.send(in, null, value));
			await().atMost(LONG).until(() -> this.cluster.committed("test.picky", in) == 2);
			assertThat(application.bean(Picky.class).calls).containsExactly(7, 7, 7, 1);
		}
		assertThat(output).contains("on " + in + "-0@0, attempt 3; the record is left behind");
		assertThat(this.cluster.admin().listTopics().names().toCompletionStage().toCompletableFuture().join())
			.doesNotContain(in + "-dlt");
	}

	private static Map<String, String> texts(ConsumerRecord<byte[], byte[]> letter) {
		String prefix = "dead-letter-";
		return Stream.of(letter.headers().toArray())
			.filter((header) -> header.key().startsWith(prefix))
			.collect(Collectors.toMap((header) -> header.key().substring(prefix.length()),
					(header) -> TestCluster.text(header.value())));
	}

	static class Picky {

		private static final Set<Integer> REFUSED = Set.of(0, 7, 499);

		final Queue<Integer> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "picky", ordering = Ordering.KEY)
		@StreamPublisher("${out}")
		@Retry(attempts = "3", delay = "20ms")
		int handle(int number) {
			this.calls.add(number);
			if (REFUSED.contains(number)) {
				throw new IllegalStateException("refused: " + number);
			}
			return number;
		}

	}

	@Retry(attempts = "1")
	static class Named {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "named")
		@DeadLetter(topic = "${graveyard}", headers = DeadLetterHeaders.SPRING)
		void handle(String body) {
			this.calls.add(body);
			throw new IllegalStateException(body);
		}

	}

	static class Matching {

		@StreamSubscriber(pattern = "${prefix}-[a-z]", id = "matching")
		@Retry(fatal = IllegalStateException.class)
		void handle(String body) {
			throw new IllegalStateException(body);
		}

	}

}
