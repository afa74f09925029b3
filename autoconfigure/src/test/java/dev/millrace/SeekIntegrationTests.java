package dev.millrace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Subscribers that go on elsewhere.
 */
@Timeout(120)
class SeekIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("seek-in", 2);

	@ParameterizedTest
	@ValueSource(strings = { "millrace.subscribers.seeking.exactly-once=false",
			"millrace.subscribers.seeking.exactly-once=true", "millrace.subscribers.seeking.ack-policy=ack_first" })
	void subscriberGoesOnWhereItIsTold(String delivery) {
		for (int i = 0; i < 4; i++) {
			send(0, i);
			send(1, i);
		}
		try (TestApplication application = TestApplication.start(Seeking.class, "in=" + this.in, delivery)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("seeking");
			Queue<String> calls = application.bean(Seeking.class).calls;
			await().atMost(LONG).until(() -> this.cluster.committed("test.seeking", this.in) == 8);
			assertThat(calls).hasSize(8);
			calls.clear();

			assertThat(control.seek(this.in, 1, 2).toCompletableFuture()).succeedsWithin(LONG);
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactly("1@2", "1@3"));
			calls.clear();

			assertThat(control.seekTo(Instant.ofEpochMilli(1003)).toCompletableFuture()).succeedsWithin(LONG);
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactlyInAnyOrder("0@3", "1@3"));
			calls.clear();

			assertThat(control.seekToBeginning().toCompletableFuture()).succeedsWithin(LONG);
			await().atMost(LONG).until(() -> calls.size() == 8);
			await().atMost(LONG).until(() -> this.cluster.committed("test.seeking", this.in) == 8);
		}
	}

	@Test
	void offsetIsCommittedAtOnceAndSkippedRecordsStaySkipped() {
		try (TestApplication application = TestApplication.start(Seeking.class, "in=" + this.in)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("seeking");
			await().atMost(LONG).until(() -> application.container("seeking").getAssignedPartitions().size() == 2);
			control.pause();
			await().atMost(LONG).until(() -> application.container("seeking").isContainerPaused());
			send(0, 0);
			send(1, 0);
			assertThat(control.seekToEnd().toCompletableFuture()).succeedsWithin(LONG);
			assertThat(this.cluster.committed("test.seeking", this.in)).isEqualTo(2);
			send(0, 1);
			control.resume();
			Queue<String> calls = application.bean(Seeking.class).calls;
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactly("0@1"));
		}
	}

	@Test
	void whatRunsEndsFirstAndWhatWaitsIsNotBegun() {
		try (TestApplication application = TestApplication.start(Held.class, "in=" + this.in)) {
			Held handler = application.bean(Held.class);
			send(0, 0);
			send(0, 1);
			send(0, 2);
			await().atMost(LONG).until(() -> handler.calls.contains("0@0"));
			CompletableFuture<Void> sought = application.bean(StreamSubscribers.class)
				.get("held")
				.seek(this.in, 0, 2)
				.toCompletableFuture();
			assertThat(sought).isNotDone();
			handler.go.countDown();
			assertThat(sought).succeedsWithin(LONG);
			await().atMost(LONG).untilAsserted(() -> assertThat(handler.calls).endsWith("0@2"));
			assertThat(handler.calls.stream().filter("0@0"::equals)).hasSize(1);
			await().atMost(LONG).until(() -> this.cluster.committed("test.held", this.in) == 3);
		}
	}

	@Test
	void partitionOfSomebodyElseCantBeSought() {
		try (TestApplication application = TestApplication.start(Seeking.class, "in=" + this.in)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("seeking");
			await().atMost(LONG).until(() -> application.container("seeking").getAssignedPartitions().size() == 2);

			assertThat(control.seek(this.in, 7, 0).toCompletableFuture()).failsWithin(LONG)
				.withThrowableThat()
				.withMessageContaining("Subscriber 'seeking' does not have the partition " + this.in + "-7 here");
		}
	}

	@Test
	void offsetBehindTheEndIsRefusedAndOneBeforeTheBeginningIsTheBeginning() throws Exception {
		for (int i = 0; i < 4; i++) {
			send(0, i);
		}
		try (TestApplication application = TestApplication.start(Seeking.class, "in=" + this.in)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("seeking");
			Queue<String> calls = application.bean(Seeking.class).calls;
			await().atMost(LONG).until(() -> this.cluster.committed("test.seeking", this.in) == 4);
			this.cluster.admin()
				.deleteRecords(Map.of(new TopicPartition(this.in, 0), RecordsToDelete.beforeOffset(2)))
				.all()
				.get();
			calls.clear();

			assertThat(control.seek(this.in, 0, 5).toCompletableFuture()).failsWithin(LONG)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(IllegalArgumentException.class)
				.withMessage("The partition %s-0 has no offset 5 to read: it has those from 2 to 4, its end or an open"
						+ " transaction", this.in);
			assertThat(this.cluster.committed("test.seeking", this.in)).isEqualTo(4);

			assertThat(control.seek(this.in, 0, 4).toCompletableFuture()).succeedsWithin(LONG);
			assertThat(control.seek(this.in, 0, 1).toCompletableFuture()).succeedsWithin(LONG);
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactly("0@2", "0@3"));
		}
	}

	private void send(int partition, int number) {
		this.cluster.send(new ProducerRecord<>(this.in, partition, 1000L + number, null,
				TestCluster.bytes(partition + "@" + number)));
	}

	static class Seeking {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "seeking")
		void handle(String text) {
			this.calls.add(text);
		}

	}

	static class Held {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		final CountDownLatch go = new CountDownLatch(1);

		@StreamSubscriber(topics = "${in}", id = "held")
		void handle(String text) throws InterruptedException {
			this.calls.add(text);
			this.go.await();
		}

	}

}
