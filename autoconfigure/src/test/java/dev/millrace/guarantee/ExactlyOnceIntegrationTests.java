package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records, what they publish and their offsets in one transaction. Output is read as an
 * application reads it that does not see open and aborted transactions.
 */
@Timeout(180)
class ExactlyOnceIntegrationTests {

	private static final int RECORDS = 10_000;

	private final TestCluster cluster = TestCluster.shared();

	private final OnceTopics once = new OnceTopics(this.cluster, 6);

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "EAGER", "CONSUMER" })
	@DisplayName("25: rebalances in the middle of transactions")
	void rebalancesInTheMiddleOfTransactionsRepeatNothingAndLoseNothing(Protocol protocol) {
		List<String> properties = new ArrayList<>(protocol.properties());
		properties.add("millrace.subscriber.ordering=key");
		properties.add("spring.kafka.consumer.max-poll-records=50");
		try (TestApplication application = this.once.start(Copy.class, properties.toArray(String[]::new))) {
			await().until(() -> !application.container("once").getAssignedPartitions().isEmpty());
			for (int i = 0; i < 5; i++) {
				this.once.send(i * RECORDS / 5, (i + 1) * RECORDS / 5);
				int expected = i * RECORDS / 5;
				await().atMost(Duration.ofSeconds(60))
					.until(() -> this.cluster.committed(OnceTopics.GROUP, this.once.in) > expected);
				intrude(protocol);
			}
			this.once.awaitEverythingCommitted();
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(RECORDS).doesNotHaveDuplicates();
	}

	@Test
	void applicationClosedAndStartedAgainInTheMiddleRepeatsNothingAndLosesNothing() {
		this.once.send(0, RECORDS);
		for (int i = 1; i < 4; i++) {
			int expected = i * RECORDS / 5;
			try (TestApplication application = this.once.start(Copy.class,
					"spring.kafka.consumer.max-poll-records=50")) {
				await().atMost(Duration.ofSeconds(60))
					.until(() -> this.cluster.committed(OnceTopics.GROUP, this.once.in) > expected);
				assertThat(application.container("once").isRunning()).isTrue();
			}
			assertThat(this.cluster.values(this.once.out))
				.hasSize((int) this.cluster.committed(OnceTopics.GROUP, this.once.in));
		}
		try (TestApplication application = this.once.start(Copy.class)) {
			this.once.awaitEverythingCommitted();
			assertThat(application.container("once").isRunning()).isTrue();
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(RECORDS).doesNotHaveDuplicates();
	}

	@Test
	void recordsOfOnePollRunInParallelAndEachKeyInOrder() {
		String one = this.cluster.newTopic("once-one", 1);
		for (int i = 0; i < 200; i++) {
			this.cluster.sendLater(one, "key-" + (i % 5), "" + i);
		}
		this.cluster.flush();
		try (TestApplication application = TestApplication.start(Parallel.class, "in=" + one, "out=" + this.once.out,
				"millrace.subscriber.ordering=key")) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> this.cluster.committed(OnceTopics.GROUP, one) == this.cluster.end(one));
			assertThat(application.bean(Parallel.class).meeting.getCount()).isZero();
		}
		for (int key = 0; key < 5; key++) {
			List<Integer> values = new ArrayList<>();
			for (ConsumerRecord<byte[], byte[]> reply : this.cluster.read(this.once.out)) {
				if (("key-" + key).equals(TestCluster.text(reply.key()))) {
					values.add(Integer.valueOf(TestCluster.text(reply.value())));
				}
			}
			assertThat(values).hasSize(40).isSorted();
		}
	}

	@Test
	void offsetReachesTheEndBehindTheMarkersOfTransactions() throws Exception {
		try (KafkaProducer<String, String> producer = this.once.producer(this.once.in);
				TestApplication application = this.once.start(Copy.class)) {
			producer.initTransactions();
			for (int i = 0; i < 3; i++) {
				producer.beginTransaction();
				producer.send(new ProducerRecord<>(this.once.in, 0, "key", "" + i)).get();
				producer.commitTransaction();
			}
			this.once.awaitEverythingCommitted();
			producer.beginTransaction();
			producer.send(new ProducerRecord<>(this.once.in, 0, "key", "aborted")).get();
			producer.abortTransaction();
			this.once.awaitEverythingCommitted();
			assertThat(this.cluster.end(this.once.in)).isEqualTo(8);
			assertThat(application.container("once").isRunning()).isTrue();
		}
		assertThat(this.cluster.values(this.once.out)).containsExactly("0", "1", "2");
	}

	@Test
	void subscriberWithoutTransactionsHasNoneAlsoWhenTheApplicationHas() throws Exception {
		this.once.send(0, 20);
		String prefix = TestCluster.newName("none");
		try (TestApplication application = this.once.start(Copy.class, "millrace.subscribers.once.exactly-once=false",
				"spring.kafka.producer.transaction-id-prefix=" + prefix)) {
			this.once.awaitEverythingCommitted();
			assertThat(application.container("once").isRunning()).isTrue();
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(20);
		assertThat(this.cluster.admin().listTransactions().all().get())
			.noneMatch((transaction) -> transaction.transactionalId().startsWith(prefix));
	}

	// Takes partitions away and gives them back.
	private void intrude(Protocol protocol) {
		Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", this.cluster.bootstrapServers(),
				"group.id", OnceTopics.GROUP, "enable.auto.commit", "false", "auto.offset.reset", "earliest"));
		for (String property : protocol.properties()) {
			String[] words = property.substring(property.indexOf('[') + 1).split("]=");
			properties.put(words[0], words[1]);
		}
		try (KafkaConsumer<byte[], byte[]> intruder = new KafkaConsumer<>(properties, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			intruder.subscribe(List.of(this.once.in));
			await().atMost(Duration.ofSeconds(60)).until(() -> {
				intruder.poll(Duration.ofMillis(100));
				return !intruder.assignment().isEmpty();
			});
		}
	}

	static class Copy {

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true)
		@StreamPublisher("${out}")
		String copy(String body) {
			return body;
		}

	}

	static class Parallel {

		final CountDownLatch meeting = new CountDownLatch(5);

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true)
		@StreamPublisher("${out}")
		String handle(String body, @Key String key) throws InterruptedException {
			this.meeting.countDown();
			if (!this.meeting.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The others have not come");
			}
			return body;
		}

	}

}
