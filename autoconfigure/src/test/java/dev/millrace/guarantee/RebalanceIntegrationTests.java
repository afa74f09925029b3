package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Import;

import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Partitions that come and go.
 */
@Timeout(180)
class RebalanceIntegrationTests {

	private static final int RECORDS = 4000;

	private final TestCluster cluster = TestCluster.shared();

	@ParameterizedTest
	@ValueSource(strings = { "properties[group.protocol]=consumer",
			"properties[partition.assignment.strategy]=org.apache.kafka.clients.consumer.RangeAssignor",
			"properties[partition.assignment.strategy]=org.apache.kafka.clients.consumer.CooperativeStickyAssignor" })
	void membersThatComeAndGoLoseNothingRepeatNothingAndKeepTheOrder(String protocol) {
		String in = this.cluster.newTopic("members-in", 6);
		String out = this.cluster.newTopic("members-out", 6);
		String[] properties = { "in=" + in, "out=" + out, "millrace.subscriber." + protocol,
				"millrace.subscriber.window.high=100", "spring.kafka.consumer.max-poll-records=50" };
		try (TestApplication first = TestApplication.start(Worker.class, properties)) {
			send(in, 0, RECORDS / 2);
			awaitReplies(out, RECORDS / 10);
			try (TestApplication second = TestApplication.start(Worker.class, properties)) {
				await().atMost(Duration.ofSeconds(30))
					.until(() -> !second.container("worker").getAssignedPartitions().isEmpty());
				send(in, RECORDS / 2, RECORDS);
				await().atMost(Duration.ofSeconds(30)).until(() -> second.bean(Worker.class).handled.get() > 50);
			}
			awaitReplies(out, RECORDS);
			await().atMost(Duration.ofSeconds(10))
				.until(() -> this.cluster.committed("test.worker", in) == this.cluster.end(in));
			assertThat(first.bean(Worker.class).handled.get()).isPositive();
		}
		List<String> replies = this.cluster.values(out);
		assertThat(replies).hasSize(RECORDS).doesNotHaveDuplicates();
		for (int key = 0; key < 50; key++) {
			assertThat(valuesOf("key-" + key, out)).isSorted();
		}
	}

	@Test
	void memberWhoseHandlerDoesNotReturnDoesNotHoldTheRebalanceUp() {
		String in = this.cluster.newTopic("stuck-member-in", 1);
		String[] properties = { "in=" + in, "millrace.shutdown.timeout=1s" };
		TestApplication first = TestApplication.start(Stuck.class, properties);
		Stuck stuck = first.bean(Stuck.class);
		try {
			this.cluster.send(in, "a", "1");
			await().until(() -> stuck.started.get() == 1);
			first.container("stuck").stop();
			try (TestApplication second = TestApplication.start(Stuck.class, properties)) {
				second.bean(Stuck.class).permits.release(10);
				await().atMost(Duration.ofSeconds(20)).until(() -> second.bean(Stuck.class).started.get() == 1);
				await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.stuck", in) == 1);
				stuck.permits.release(10);
				await().until(() -> stuck.ended.get() == 1);
				assertThat(this.cluster.committed("test.stuck", in)).isEqualTo(1);
			}
		}
		finally {
			first.close();
		}
	}

	@Test
	void recordOfAnEarlierAssignmentNeverRunsBesideTheNextOneOfItsKey() {
		String in = this.cluster.newTopic("back-in", 1);
		try (TestApplication application = TestApplication.start(Stuck.class, "in=" + in,
				"millrace.shutdown.timeout=500ms", "millrace.subscriber.ordering=key")) {
			Stuck stuck = application.bean(Stuck.class);
			this.cluster.send(in, "a", "1");
			await().until(() -> stuck.started.get() == 1);
			application.container("stuck").stop();
			application.container("stuck").start();
			await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> stuck.started.get() == 1);
			stuck.permits.release(10);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.stuck", in) == 1);
			assertThat(stuck.overlapped.get()).isFalse();
			assertThat(stuck.started.get()).isEqualTo(2);
		}
	}

	@Test
	void partitionPausedByTheWindowGoesOnAfterARebalance() {
		String in = this.cluster.newTopic("paused-in", 2);
		String[] properties = { "in=" + in, "millrace.subscriber.window.high=20",
				"spring.kafka.consumer.max-poll-records=10",
				"millrace.subscriber.properties[partition.assignment.strategy]="
						+ "org.apache.kafka.clients.consumer.CooperativeStickyAssignor" };
		try (TestApplication first = TestApplication.start(Stuck.class, properties)) {
			for (int i = 0; i < 200; i++) {
				this.cluster.sendLater(in, "key-" + i, "" + i);
			}
			this.cluster.flush();
			Stuck stuck = first.bean(Stuck.class);
			await().until(() -> stuck.started.get() == 2);
			await().until(() -> first.bean(Positions.class).paused(new TopicPartition(in, 0)));
			stuck.permits.release(1000);
			try (TestApplication second = TestApplication.start(Stuck.class, properties)) {
				second.bean(Stuck.class).permits.release(1000);
				await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.committed("test.stuck", in) == 200);
			}
		}
	}

	@Test
	void offsetReachesTheEndBehindTransactionMarkersAndAbortedRecords() {
		String in = this.cluster.newTopic("tx-in", 1);
		try (TestApplication application = TestApplication.start(Worker.class, "in=" + in, "out=" + in + "-out",
				"spring.kafka.consumer.isolation-level=read_committed")) {
			try (KafkaProducer<String, String> producer = new KafkaProducer<>(
					Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "transactional.id", in),
					new StringSerializer(), new StringSerializer())) {
				producer.initTransactions();
				transaction(producer, in, true, "1", "2");
				transaction(producer, in, false, "3");
				transaction(producer, in, true, "4");
				transaction(producer, in, false, "5");
			}
			await().atMost(Duration.ofSeconds(10))
				.until(() -> this.cluster.committed("test.worker", in) == this.cluster.end(in));
			assertThat(this.cluster.end(in)).isEqualTo(9);
			assertThat(application.bean(Worker.class).handled.get()).isEqualTo(3);
		}
	}

	private void send(String topic, int from, int to) {
		for (int i = from; i < to; i++) {
			this.cluster.sendLater(topic, "key-" + (i % 50), "" + i);
		}
		this.cluster.flush();
	}

	private static void transaction(KafkaProducer<String, String> producer, String topic, boolean commit,
			String... values) {
		producer.beginTransaction();
		for (String value : values) {
			producer.send(new ProducerRecord<>(topic, value, value));
		}
		producer.flush();
		if (commit) {
			producer.commitTransaction();
		}
		else {
			producer.abortTransaction();
		}
	}

	private void awaitReplies(String out, int count) {
		await().atMost(Duration.ofSeconds(60)).until(() -> this.cluster.end(out) >= count);
	}

	private List<Integer> valuesOf(String key, String topic) {
		List<Integer> values = new ArrayList<>();
		this.cluster.read(topic).forEach((record) -> {
			if (key.equals(TestCluster.text(record.key()))) {
				values.add(Integer.valueOf(TestCluster.text(record.value())));
			}
		});
		return values;
	}

	static class Worker {

		final AtomicInteger handled = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "worker")
		@StreamPublisher("${out}")
		String work(String body) {
			this.handled.incrementAndGet();
			LockSupport.parkNanos(3_000_000);
			return body;
		}

	}

	@Import(Positions.class)
	static class Stuck {

		final Semaphore permits = new Semaphore(0);

		final AtomicInteger started = new AtomicInteger();

		final AtomicInteger ended = new AtomicInteger();

		final AtomicBoolean overlapped = new AtomicBoolean();

		private final Set<String> running = ConcurrentHashMap.newKeySet();

		@StreamSubscriber(topics = "${in}", id = "stuck")
		void work(String body, @Key String key) throws InterruptedException {
			if (!this.running.add(key)) {
				this.overlapped.set(true);
			}
			this.started.incrementAndGet();
			this.permits.acquire();
			this.running.remove(key);
			this.ended.incrementAndGet();
		}

	}

}
