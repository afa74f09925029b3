package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Acknowledgment;
import dev.millrace.Ordering;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Batches: each record of them is finished, tried again or rejected by itself.
 */
@Timeout(120)
class BatchIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	@ParameterizedTest
	@EnumSource
	void everyRecordIsInOneBatchInTheOrderOfItsLane(Ordering ordering) {
		String in = this.cluster.newTopic("batch-in", 3);
		IntStream.range(0, 1000).forEach((i) -> this.cluster.sendLater(in, "k" + i % 20, "" + i));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Plain.class, in,
				"millrace.subscribers.plain.ordering=" + ordering)) {
			awaitCommitted("test.plain", in, 1000);
			BatchHandlers.Plain plain = application.bean(BatchHandlers.Plain.class);
			assertThat(plain.all()).hasSize(1000).doesNotHaveDuplicates();
			assertThat(plain.batches).allMatch((batch) -> batch.size() <= 50)
				.anyMatch((batch) -> batch.size() == 50)
				.hasSizeLessThan(60);
			if (ordering != Ordering.NONE) {
				assertThat(plain.overlaps).hasValue(0);
				assertOrdered(plain, in);
			}
		}
	}

	private void assertOrdered(BatchHandlers.Plain plain, String in) {
		List<String> handled = plain.all();
		for (int key = 0; key < 20; key++) {
			String name = "k" + key;
			List<String> sent = this.cluster.read(in)
				.stream()
				.filter((record) -> TestCluster.text(record.key()).equals(name))
				.map((record) -> TestCluster.text(record.value()))
				.toList();
			assertThat(handled.stream().filter(sent::contains)).containsExactlyElementsOf(sent);
		}
	}

	@Test
	void batchThatIsNotFullBeginsAfterItsWait() {
		String in = this.cluster.newTopic("batch-wait-in", 1);
		try (TestApplication application = start(BatchHandlers.Plain.class, in, "wait=1h")) {
			BatchHandlers.Plain plain = application.bean(BatchHandlers.Plain.class);
			IntStream.range(0, 49).forEach((i) -> this.cluster.sendLater(in, null, "" + i));
			this.cluster.flush();
			this.cluster.send(in, null, "49");
			awaitCommitted("test.plain", in, 50);
			assertThat(plain.batches).hasSize(1);
		}
		String other = this.cluster.newTopic("batch-wait-in", 1);
		try (TestApplication application = start(BatchHandlers.Plain.class, other, "wait=300ms")) {
			this.cluster.send(other, null, "0");
			awaitCommitted("test.plain", other, 1);
			assertThat(application.bean(BatchHandlers.Plain.class).batches).containsExactly(List.of("0"));
		}
	}

	/** Scenario 24. */
	@Test
	void exactlyThoseThatFailAreTriedAgainAndRejected() {
		String in = this.cluster.newTopic("batch-part-in", 1);
		IntStream.range(0, 500).forEach((i) -> this.cluster.sendLater(in, "k" + i, "" + i));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Reporting.class, in)) {
			awaitCommitted("test.reporting", in, 500);
			assertThat(this.cluster.values(in + "-dlt")).containsExactlyInAnyOrder("0", "7", "499");
			BatchHandlers.Reporting reporting = application.bean(BatchHandlers.Reporting.class);
			IntStream.range(0, 500)
				.mapToObj(String::valueOf)
				.forEach((body) -> assertThat(reporting.calls(body)).as(body)
					.isEqualTo(BatchHandlers.Reporting.REFUSED.contains(body) ? 3 : 1));
			ConsumerRecord<byte[], byte[]> letter = this.cluster.read(in + "-dlt")
				.stream()
				.filter((dead) -> TestCluster.text(dead.value()).equals("7"))
				.findFirst()
				.orElseThrow();
			assertThat(TestCluster.header(letter, "dead-letter-offset")).isEqualTo("7");
			assertThat(TestCluster.header(letter, "dead-letter-attempts")).isEqualTo("3");
			assertThat(TestCluster.header(letter, "dead-letter-reason")).isEqualTo("refused: 7");
		}
	}

	@Test
	void failureInOnePartitionHoldsUpNoOther() {
		String in = this.cluster.newTopic("batch-two-in", 2);
		send(in, 0, "a0", "bad", "a1");
		send(in, 1, "b0", "b1");
		try (TestApplication application = start(BatchHandlers.Throwing.class, in,
				"millrace.subscribers.throwing.retry.delay=1h", "millrace.subscribers.throwing.retry.max-delay=1h")) {
			await().atMost(LONG)
				.until(() -> Long.valueOf(2)
					.equals(this.cluster.committedOffsets("test.throwing").get(new TopicPartition(in, 1))));
			await().atMost(LONG)
				.until(() -> Long.valueOf(1)
					.equals(this.cluster.committedOffsets("test.throwing").get(new TopicPartition(in, 0))));
			send(in, 0, "a2");
			send(in, 1, "b2");
			await().atMost(LONG)
				.until(() -> Long.valueOf(3)
					.equals(this.cluster.committedOffsets("test.throwing").get(new TopicPartition(in, 1))));
			BatchHandlers.Throwing throwing = application.bean(BatchHandlers.Throwing.class);
			assertThat(throwing.all()).containsExactlyInAnyOrder("a0", "bad", "a1", "b0", "b1", "b2");
		}
		// What was finished behind the one that failed is handled again, and no other.
		try (TestApplication application = start(BatchHandlers.Throwing.class, in)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.throwing", in) == 7);
			BatchHandlers.Throwing throwing = application.bean(BatchHandlers.Throwing.class);
			assertThat(throwing.all()).containsExactly("bad", "a1", "a2", "bad");
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("bad");
		}
	}

	@Test
	void exceptionThatNamesNobodyLeavesTheOneToBlameAlone() {
		String in = this.cluster.newTopic("batch-blind-in", 1);
		Stream.concat(IntStream.range(0, 30).mapToObj(String::valueOf), Stream.of("bad", "30", "31"))
			.forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Blind.class, in,
				"millrace.subscribers.blind.retry.fatal=java.lang.IllegalArgumentException")) {
			awaitCommitted("test.blind", in, 33);
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("bad");
			BatchHandlers.Blind blind = application.bean(BatchHandlers.Blind.class);
			assertThat(blind.batches).contains(List.of("bad"));
			List<String> succeeded = blind.batches.stream()
				.filter((batch) -> !batch.contains("bad"))
				.flatMap(List::stream)
				.toList();
			assertThat(succeeded).containsExactlyElementsOf(IntStream.range(0, 32).mapToObj(String::valueOf).toList());
		}
	}

	@Test
	void exceptionThatNamesNobodyLeavesTheOneToBlameAloneInTheRetryTopicToo() {
		String in = this.cluster.newTopic("batch-blind-in", 1);
		Stream.concat(IntStream.range(0, 30).mapToObj(String::valueOf), Stream.of("bad", "30", "31"))
			.forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Blind.class, in,
				"millrace.subscribers.blind.retry.mode=topic",
				"millrace.subscribers.blind.retry.topic=" + in + "-retry")) {
			awaitCommitted("test.blind", in, 33);
			await().atMost(LONG).until(() -> this.cluster.values(in + "-dlt").equals(List.of("bad")));
			await().atMost(LONG)
				.until(() -> this.cluster.committed("test.blind.retry", in + "-retry") == this.cluster
					.end(in + "-retry"));
			BatchHandlers.Blind blind = application.bean(BatchHandlers.Blind.class);
			assertThat(blind.batches.stream().filter((batch) -> !batch.contains("bad")).flatMap(List::stream))
				.hasSize(32)
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void springsExceptionMeansThatThoseBehindItWereNotHandled() {
		String in = this.cluster.newTopic("batch-springs-in", 1);
		Stream.of("a", "bad", "b", "c").forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Springs.class, in)) {
			awaitCommitted("test.springs", in, 4);
			BatchHandlers.Springs springs = application.bean(BatchHandlers.Springs.class);
			assertThat(springs.calls("a")).isOne();
			assertThat(springs.calls("bad")).isEqualTo(2);
			assertThat(springs.batches).last().isEqualTo(List.of("b", "c"));
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("bad");
		}
	}

	@Test
	void springsExceptionLeavesDecisionsAsTheyAre() {
		String in = this.cluster.newTopic("batch-deciding-in", 1);
		Stream.of("a", "bad", "reject", "ack", "b").forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Deciding.class, in)) {
			awaitCommitted("test.deciding", in, 5);
			BatchHandlers.Deciding deciding = application.bean(BatchHandlers.Deciding.class);
			assertThat(deciding.calls("reject")).isOne();
			assertThat(deciding.calls("ack")).isOne();
			assertThat(deciding.calls("b")).isEqualTo(2);
			assertThat(this.cluster.values(in + "-dlt")).containsExactlyInAnyOrder("bad", "reject");
		}
	}

	@Test
	void recordThatCannotBeReadFailsAlone() {
		String in = this.cluster.newTopic("batch-poison-in", 1);
		Stream.of("1", "not a number", "3").forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Numbers.class, in)) {
			awaitCommitted("test.numbers", in, 3);
			assertThat(application.bean(BatchHandlers.Numbers.class).batches).containsExactly(List.of(1, 3));
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("not a number");
			this.cluster.send(in, null, "neither");
			awaitCommitted("test.numbers", in, 4);
			assertThat(application.bean(BatchHandlers.Numbers.class).batches).hasSize(1);
		}
	}

	@Test
	void handlerDecidesAboutEachRecordOrAboutAll() {
		String in = this.cluster.newTopic("batch-manual-in", 1);
		Stream.of("a", "reject", "nack", "b").forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Manual.class, in)) {
			BatchHandlers.Manual manual = application.bean(BatchHandlers.Manual.class);
			await().atMost(LONG).until(() -> manual.calls("nack") == 2);
			await().atMost(LONG).until(() -> this.cluster.values(in + "-dlt").equals(List.of("reject")));
			assertThat(this.cluster.committed("test.manual", in)).isLessThanOrEqualTo(0);
			manual.whole.forEach(Acknowledgment::ack);
			awaitCommitted("test.manual", in, 4);
			assertThat(manual.all()).containsExactly("a", "reject", "nack", "b", "nack");
		}
	}

	@Test
	void thoseThatFailWaitInTheRetryTopicAndComeBackTogether() {
		String in = this.cluster.newTopic("batch-retry-in", 1);
		Stream.of("a", "late1", "bad", "b", "late2").forEach((body) -> this.cluster.sendLater(in, "k", body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Waiting.class, in,
				"millrace.subscribers.waiting.retry.max-delay=200ms")) {
			awaitCommitted("test.waiting", in, 5);
			awaitCommitted("test.waiting.retry", in + "-retry", 4);
			BatchHandlers.Waiting waiting = application.bean(BatchHandlers.Waiting.class);
			List<List<String>> batches = List.copyOf(waiting.batches);
			assertThat(batches).hasSize(3);
			assertThat(batches.get(0)).containsExactly("a", "late1", "bad", "b", "late2");
			// Each has a delay with a jitter of its own, and a retry topic keeps no
			// order.
			assertThat(batches.get(1)).containsExactlyInAnyOrder("late1", "bad", "late2");
			assertThat(batches.get(2)).containsExactly("bad");
			ConsumerRecord<byte[], byte[]> letter = this.cluster.read(in + "-dlt").get(0);
			assertThat(TestCluster.header(letter, "dead-letter-topic")).isEqualTo(in);
			assertThat(TestCluster.header(letter, "dead-letter-offset")).isEqualTo("2");
			assertThat(TestCluster.header(letter, "dead-letter-attempts")).isEqualTo("3");
		}
	}

	@Test
	void batchOfAnAsynchronousHandlerEndsWithItsResult() {
		String in = this.cluster.newTopic("batch-async-in", 1);
		Stream.of("a", "bad", "b").forEach((body) -> this.cluster.sendLater(in, null, body));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Async.class, in)) {
			awaitCommitted("test.async", in, 3);
			assertThat(application.bean(BatchHandlers.Async.class).batches).containsExactly(List.of("a", "bad", "b"),
					List.of("bad"));
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("bad");
		}
	}

	@ParameterizedTest
	@EnumSource
	void recordsAndTheirRepliesAreInOneTransaction(Ordering ordering) {
		String in = this.cluster.newTopic("batch-once-in", 2);
		String out = this.cluster.newTopic("batch-once-out", 2);
		IntStream.range(0, 300).forEach((i) -> this.cluster.sendLater(in, "k" + i, (i == 100) ? "bad" : "" + i));
		this.cluster.flush();
		try (TestApplication application = start(BatchHandlers.Once.class, in, "out=" + out,
				"millrace.subscribers.once.ordering=" + ordering, "millrace.subscribers.once.batch.max-wait=1h")) {
			await().atMost(LONG).until(() -> this.cluster.values(in + "-dlt").equals(List.of("bad")));
			awaitCommitted("test.once", in, 300);
			assertThat(application.bean(BatchHandlers.Once.class).calls("bad")).isEqualTo(3);
		}
		assertThat(this.cluster.values(out)).hasSize(299).doesNotHaveDuplicates();
	}

	private void send(String topic, int partition, String... bodies) {
		for (String body : bodies) {
			this.cluster.send(new ProducerRecord<>(topic, partition, null, TestCluster.bytes(body)));
		}
	}

	private void awaitCommitted(String group, String topic, long offset) {
		await().atMost(LONG).until(() -> this.cluster.committed(group, topic) == offset);
	}

	private static TestApplication start(Class<?> handler, String in, String... properties) {
		return TestApplication.start(handler,
				Stream.concat(Stream.of("in=" + in), Stream.of(properties)).toArray(String[]::new));
	}

}
