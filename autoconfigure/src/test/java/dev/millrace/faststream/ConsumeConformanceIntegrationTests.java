package dev.millrace.faststream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

import dev.millrace.Ordering;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which records reach which handler, and when: what FastStream's tests of subscribers
 * show.
 */
@Timeout(120)
class ConsumeConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestCluster CLUSTER = TestCluster.shared();

	private static final String NAME = TestCluster.newName("consume");

	private static TestApplication application;

	private static Handlers handlers;

	@BeforeAll
	static void start() {
		for (String topic : List.of(".left", ".right", ".alone", ".grouped", ".parallel", ".1-match", ".1-match-not")) {
			CLUSTER.create(NAME + topic, 1, Map.of());
		}
		CLUSTER.create(NAME + ".partitions", 2, Map.of());
		CLUSTER.create(NAME + ".members", 2, Map.of());
		CLUSTER.create(NAME.replace('-', 'X') + ".alone", 1, Map.of());
		application = TestApplication.start(Handlers.class, "name=" + NAME);
		handlers = application.bean(Handlers.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Behaviour({ 4, 5, 6, 7 })
	void handlerIsCalledOnceForEachRecordOfItsTopics() {
		CLUSTER.send(NAME + ".left", null, "1");
		CLUSTER.send(NAME + ".left", null, "2");
		CLUSTER.send(NAME + ".right", null, "3");
		CLUSTER.send(NAME + ".alone", null, "4");

		await().atMost(LONG)
			.until(() -> CLUSTER.committed("test.left", NAME + ".left") == 2
					&& CLUSTER.committed("test.right", NAME + ".right") == 1
					&& CLUSTER.committed("test.alone", NAME + ".alone") == 1);
		assertThat(handlers.stacked).containsExactlyInAnyOrder("left 1", "left 2", "right 3");
		assertThat(handlers.alone).containsExactly("4");
	}

	@Test
	@Behaviour(92)
	void nameWithoutVariablesIsNoRegularExpression() {
		assertThat(application.container("dotted").getAssignedPartitions()).isNotNull();
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(application.container("dotted").getAssignedPartitions())
				.containsExactly(new TopicPartition(NAME + ".alone", 0)));
	}

	@Test
	@Behaviour({ 135, 136 })
	void everyGroupGetsEachRecordOnce() {
		for (int i = 0; i < 3; i++) {
			CLUSTER.send(NAME + ".grouped", null, String.valueOf(i));
		}

		await().atMost(LONG)
			.until(() -> CLUSTER.committed(NAME + "-one", NAME + ".grouped") == 3
					&& CLUSTER.committed(NAME + "-two", NAME + ".grouped") == 3);
		assertThat(handlers.ofGroupOne).containsExactly("0", "1", "2");
		assertThat(handlers.ofGroupTwo).containsExactly("0", "1", "2");
	}

	@Test
	@Behaviour(141)
	void patternReadsTopicsWhoseWholeNameMatches() {
		CLUSTER.send(NAME + ".1-match-not", null, "no");
		CLUSTER.send(NAME + ".1-match", null, "yes");
		await().atMost(LONG).until(() -> CLUSTER.committed("test.pattern", NAME + ".1-match") == 1);

		CLUSTER.create(NAME + ".2-match", 1, Map.of());
		CLUSTER.send(NAME + ".2-match", null, "later");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.pattern", NAME + ".2-match") == 1);
		assertThat(handlers.matched).containsExactly("yes", "later");
		assertThat(application.container("pattern").getAssignedPartitions()).extracting(TopicPartition::topic)
			.containsExactlyInAnyOrder(NAME + ".1-match", NAME + ".2-match");
	}

	@Test
	@Behaviour(152)
	void recordsOfOnePartitionRunAtTheSameTimeWhereOrderDoesNotMatter() {
		CLUSTER.send(NAME + ".parallel", null, "1");
		CLUSTER.send(NAME + ".parallel", null, "2");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.parallel", NAME + ".parallel") == 2);
		assertThat(handlers.together).containsExactlyInAnyOrder("1", "2");
	}

	@Test
	@Behaviour(153)
	void eachConsumerHasAPartitionOfItsOwn() {
		ConcurrentMessageListenerContainer<?, ?> container = (ConcurrentMessageListenerContainer<?, ?>) application
			.container("members");

		await().atMost(LONG)
			.untilAsserted(() -> assertThat(container.getContainers()).hasSize(2)
				.allSatisfy((consumer) -> assertThat(consumer.getAssignedPartitions()).hasSize(1)));
	}

	@Test
	@Behaviour(154)
	void partitionsRunSideBySideAndEachInOrderWithOneConsumer() throws InterruptedException {
		send(0, "meet 1");
		send(0, "wait");
		send(1, "meet 2");

		assertThat(handlers.waiting.await(30, TimeUnit.SECONDS)).isTrue();
		await().atMost(LONG).until(() -> handlers.met.size() == 2);
		assertThat(handlers.met).containsExactlyInAnyOrder("meet 1", "meet 2");
		await().atMost(LONG).until(() -> CLUSTER.committed("test.partitions", NAME + ".partitions") == 2);

		handlers.goOn.countDown();
		await().atMost(LONG).until(() -> CLUSTER.committed("test.partitions", NAME + ".partitions") == 3);
	}

	private static void send(int partition, String value) {
		CLUSTER.send(new ProducerRecord<>(NAME + ".partitions", partition, null, TestCluster.bytes(value)));
	}

	static class Handlers {

		final Queue<String> stacked = new ConcurrentLinkedQueue<>();

		final Queue<String> alone = new ConcurrentLinkedQueue<>();

		final Queue<String> ofGroupOne = new ConcurrentLinkedQueue<>();

		final Queue<String> ofGroupTwo = new ConcurrentLinkedQueue<>();

		final Queue<String> matched = new ConcurrentLinkedQueue<>();

		final Queue<String> together = new ConcurrentLinkedQueue<>();

		final Queue<String> met = new ConcurrentLinkedQueue<>();

		final CountDownLatch waiting = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		private final CyclicBarrier pair = new CyclicBarrier(2);

		private final CyclicBarrier partitions = new CyclicBarrier(2);

		@StreamSubscriber(topics = "${name}.left", id = "left")
		@StreamSubscriber(topics = "${name}.right", id = "right")
		void stacked(String text, StreamRecord record) {
			this.stacked.add(record.topic().substring(NAME.length() + 1) + " " + text);
		}

		@StreamSubscriber(topics = "${name}.alone", id = "alone")
		void alone(String text) {
			this.alone.add(text);
		}

		@StreamSubscriber(topics = "${name}.alone", id = "dotted")
		void dotted(String text) {
		}

		@StreamSubscriber(topics = "${name}.grouped", id = "first", groupId = "${name}-one")
		@StreamSubscriber(topics = "${name}.grouped", id = "second", groupId = "${name}-one")
		void one(String text) {
			this.ofGroupOne.add(text);
		}

		@StreamSubscriber(topics = "${name}.grouped", id = "third", groupId = "${name}-two")
		void two(String text) {
			this.ofGroupTwo.add(text);
		}

		@StreamSubscriber(pattern = "${name}\\..*-match", id = "pattern")
		void pattern(String text) {
			this.matched.add(text);
		}

		@StreamSubscriber(topics = "${name}.parallel", id = "parallel", ordering = Ordering.NONE, concurrency = "2")
		void parallel(String text) throws Exception {
			this.pair.await(30, TimeUnit.SECONDS);
			this.together.add(text);
		}

		@StreamSubscriber(topics = "${name}.members", id = "members", consumers = "2")
		void members(String text) {
		}

		@StreamSubscriber(topics = "${name}.partitions", id = "partitions")
		void partitions(String text) throws Exception {
			if (text.equals("wait")) {
				this.waiting.countDown();
				this.goOn.await();
				return;
			}
			this.partitions.await(30, TimeUnit.SECONDS);
			this.met.add(text);
		}

	}

}
