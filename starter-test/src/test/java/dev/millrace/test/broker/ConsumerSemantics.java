package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What a consumer does, apart from its group.
 */
abstract class ConsumerSemantics {

	private final TestBroker broker;

	ConsumerSemantics(TestBroker broker) {
		this.broker = broker;
	}

	@Test
	void positionMovesWithRecordsAndSeeks() {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0", "1", "2");
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer()) {
			consumer.assign(List.of(partition));
			assertThat(consumer.position(partition)).isZero();
			assertThat(TestBroker.values(this.broker.poll(consumer, 3))).containsExactly("0", "1", "2");
			assertThat(consumer.position(partition)).isEqualTo(3);
			consumer.seek(partition, 1);
			assertThat(consumer.position(partition)).isEqualTo(1);
			assertThat(TestBroker.values(this.broker.poll(consumer, 2))).containsExactly("1", "2");
			assertThat(consumer.currentLag(partition)).isEqualTo(OptionalLong.of(0));
			consumer.seekToBeginning(List.of(partition));
			assertThat(consumer.position(partition)).isZero();
			consumer.seekToEnd(List.of());
			assertThat(consumer.position(partition)).isEqualTo(3);
		}
	}

	@Test
	void latestSeesOnlyWhatComesLater() {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "before");
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("auto.offset.reset=latest")) {
			consumer.assign(List.of(partition));
			assertThat(consumer.position(partition)).isEqualTo(1);
			this.broker.send(topic, "after");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("after");
		}
	}

	@Test
	void withoutResetThereHasToBeAnOffset() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("auto.offset.reset=none",
				"group.id=" + TestBroker.newName("group"))) {
			consumer.assign(List.of(partition));
			assertThatExceptionOfType(NoOffsetForPartitionException.class)
				.isThrownBy(() -> this.broker.poll(consumer, 1))
				.satisfies((failure) -> assertThat(failure.partitions()).containsExactly(partition));
		}
	}

	@Test
	void pausedPartitionsAreLeftAlone() {
		String topic = this.broker.newTopic(2);
		TopicPartition paused = new TopicPartition(topic, 0);
		TopicPartition other = new TopicPartition(topic, 1);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer()) {
			consumer.assign(List.of(paused, other));
			consumer.pause(List.of(paused));
			assertThat(consumer.paused()).containsExactly(paused);
			this.broker.send(topic, "paused");
			this.broker.send(new ProducerRecord<>(topic, 1, null, TestBroker.bytes("other")));
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("other");
			assertThat(consumer.position(paused)).isZero();
			consumer.resume(List.of(paused));
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("paused");
			assertThat(consumer.paused()).isEmpty();
		}
	}

	@Test
	void wakeupEndsPollOnce() throws Exception {
		String topic = this.broker.newTopic(1);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer()) {
			consumer.assign(TestBroker.partitions(topic, 1));
			consumer.wakeup();
			assertThatExceptionOfType(WakeupException.class).isThrownBy(() -> consumer.poll(Duration.ofSeconds(30)));
			Thread waker = new Thread(consumer::wakeup);
			assertThatExceptionOfType(WakeupException.class).isThrownBy(() -> {
				waker.start();
				consumer.poll(Duration.ofSeconds(30));
			});
			waker.join();
			this.broker.send(topic, "next");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("next");
		}
	}

	@Test
	void recordEndsPollOfAnotherThread() {
		String topic = this.broker.newTopic(1);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer()) {
			consumer.assign(TestBroker.partitions(topic, 1));
			consumer.position(new TopicPartition(topic, 0));
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> this.broker.send(topic, "sent"));
			assertThat(consumer.poll(Duration.ofSeconds(30)).count()).isEqualTo(1);
			sent.join();
		}
	}

	@Test
	void onlyOneThreadMayUseIt() throws Exception {
		String topic = this.broker.newTopic(1);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer()) {
			consumer.assign(TestBroker.partitions(topic, 1));
			CompletableFuture<Void> polled = CompletableFuture.runAsync(() -> {
				try {
					consumer.poll(Duration.ofSeconds(30));
				}
				catch (WakeupException ex) {
					// That is its end.
				}
			});
			await().untilAsserted(() -> {
				assertThat(polled).isNotDone();
				assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(consumer::assignment)
					.withMessageContaining("KafkaConsumer is not safe for multi-threaded access");
			});
			consumer.wakeup();
			polled.get();
			assertThat(consumer.assignment()).hasSize(1);
		}
	}

	@Test
	void misuseIsRefused() {
		TopicPartition partition = new TopicPartition("elsewhere", 0);
		Consumer<byte[], byte[]> consumer = this.broker.consumer();
		assertThatIllegalStateException().isThrownBy(() -> consumer.poll(Duration.ZERO))
			.withMessage("Consumer is not subscribed to any topics or assigned any partitions");
		assertThatIllegalStateException().isThrownBy(() -> consumer.seek(partition, 1))
			.withMessage("No current assignment for partition elsewhere-0");
		assertThatIllegalStateException().isThrownBy(() -> consumer.pause(List.of(partition)))
			.withMessage("No current assignment for partition elsewhere-0");
		assertThatIllegalStateException().isThrownBy(() -> consumer.position(partition))
			.withMessage("You can only check the position for partitions assigned to this consumer.");
		assertThatIllegalArgumentException().isThrownBy(() -> consumer.seek(partition, -1));
		assertThatExceptionOfType(InvalidGroupIdException.class)
			.isThrownBy(() -> consumer.subscribe(List.of("elsewhere")));
		assertThatExceptionOfType(InvalidGroupIdException.class).isThrownBy(consumer::commitSync);
		assertThatExceptionOfType(InvalidGroupIdException.class)
			.isThrownBy(() -> consumer.committed(Set.of(partition)));
		assertThatExceptionOfType(InvalidGroupIdException.class).isThrownBy(consumer::groupMetadata);
		consumer.close();
		assertThatIllegalStateException().isThrownBy(() -> consumer.poll(Duration.ZERO))
			.withMessage("This consumer has already been closed.");
		consumer.close();
	}

	@Test
	void subscriptionAndAssignmentExcludeEachOther() {
		String topic = this.broker.newTopic(1);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + TestBroker.newName("group"))) {
			consumer.assign(TestBroker.partitions(topic, 1));
			assertThatIllegalStateException().isThrownBy(() -> consumer.subscribe(List.of(topic)))
				.withMessage("Subscription to topics, partitions and pattern are mutually exclusive");
			consumer.unsubscribe();
			consumer.subscribe(List.of(topic));
			assertThat(consumer.subscription()).containsExactly(topic);
		}
	}

	@Test
	void offsetsAreCommittedWithMetadata() {
		String topic = this.broker.newTopic(2);
		this.broker.send(topic, "0", "1", "2");
		TopicPartition partition = new TopicPartition(topic, 0);
		TopicPartition other = new TopicPartition(topic, 1);
		String group = "group.id=" + TestBroker.newName("group");
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer(group)) {
			consumer.assign(List.of(partition));
			assertThat(consumer.committed(Set.of(partition)).get(partition)).isNull();
			consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1, "why")));
			assertThat(consumer.committed(Set.of(partition, other)).get(partition))
				.isEqualTo(new OffsetAndMetadata(1, "why"));
		}
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer(group)) {
			consumer.assign(List.of(partition));
			assertThat(TestBroker.values(this.broker.poll(consumer, 2))).containsExactly("1", "2");
			consumer.commitSync();
			assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(3);
		}
	}

	@Test
	void callbackOfAsynchronousCommitIsCalledByPoll() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + TestBroker.newName("group"))) {
			consumer.assign(List.of(partition));
			List<Thread> callers = new ArrayList<>();
			consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(0)), (offsets, failure) -> {
				assertThat(failure).isNull();
				assertThat(offsets).containsKey(partition);
				callers.add(Thread.currentThread());
			});
			assertThat(callers).isEmpty();
			List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
			this.broker.pollUntil(() -> !callers.isEmpty(), records, consumer);
			assertThat(callers).containsExactly(Thread.currentThread());
		}
	}

	@Test
	void autoCommitFollowsPolls() {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0", "1");
		TopicPartition partition = new TopicPartition(topic, 0);
		String group = "group.id=" + TestBroker.newName("group");
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer(group, "enable.auto.commit=true")) {
			consumer.assign(List.of(partition));
			this.broker.poll(consumer, 2);
		}
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer(group)) {
			assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(2);
		}
	}

	@Test
	void topicsAreDescribed() {
		String topic = this.broker.newTopic(3);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("allow.auto.create.topics=false")) {
			assertThat(consumer.partitionsFor(topic)).extracting(PartitionInfo::partition)
				.containsExactlyInAnyOrder(0, 1, 2);
			assertThat(consumer.listTopics()).containsKey(topic);
			assertThat(consumer.partitionsFor(TestBroker.newName("missing"))).isEmpty();
		}
	}

}
