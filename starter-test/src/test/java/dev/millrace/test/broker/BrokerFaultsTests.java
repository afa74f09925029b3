package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BrokerFaults}.
 */
class BrokerFaultsTests {

	private final InMemoryBroker broker = InMemoryBroker.create();

	private final TestBroker clients = new MemoryTestBroker(this.broker);

	private final TopicPartition partition = new TopicPartition("topic", 0);

	@Test
	void nextSendFails() {
		this.broker.faults().failNextSend("topic", new NotEnoughReplicasException("on purpose"));
		assertThatExceptionOfType(NotEnoughReplicasException.class).isThrownBy(() -> this.clients.send("topic", "1"));
		this.clients.send("topic", "2");
		try (Consumer<byte[], byte[]> consumer = reader()) {
			assertThat(TestBroker.values(this.clients.poll(consumer, 1))).containsExactly("2");
		}
	}

	@Test
	void nextCommitFails() {
		this.clients.send("topic", "1");
		try (Consumer<byte[], byte[]> consumer = this.clients.consumer("group.id=group")) {
			consumer.assign(List.of(this.partition));
			this.broker.faults().failNextCommit("group", DisconnectException.INSTANCE);
			List<Exception> failures = new ArrayList<>();
			consumer.commitAsync(Map.of(this.partition, new OffsetAndMetadata(1)),
					(offsets, failure) -> failures.add(failure));
			consumer.poll(Duration.ZERO);
			assertThat(failures).singleElement().isInstanceOf(RetriableCommitFailedException.class);
			assertThat(consumer.committed(Set.of(this.partition)).get(this.partition)).isNull();
			consumer.commitSync(Map.of(this.partition, new OffsetAndMetadata(1)));
			assertThat(consumer.committed(Set.of(this.partition)).get(this.partition).offset()).isEqualTo(1);
		}
	}

	@Test
	void sendsAreHeld() {
		try (Producer<byte[], byte[]> producer = this.clients.producer()) {
			this.broker.faults().holdSends("topic");
			Future<RecordMetadata> held = producer.send(new ProducerRecord<>("topic", null));
			Future<RecordMetadata> behind = producer.send(new ProducerRecord<>("other", null));
			assertThat(this.broker.awaitQuiet(Duration.ofMillis(50))).isFalse();
			assertThat(this.broker.busy()).hasSize(1);
			assertThat(held).isNotDone();
			assertThat(behind).isNotDone();
			this.broker.faults().releaseSends("topic");
			assertThat(TestBroker.get(behind).offset()).isZero();
			assertThat(held).isDone();
		}
	}

	@Test
	void closingProducerGivesUpWhatIsHeld() {
		Producer<byte[], byte[]> producer = this.clients.producer();
		this.broker.faults().holdSends("topic");
		Future<RecordMetadata> held = producer.send(new ProducerRecord<>("topic", null));
		producer.close(Duration.ofMillis(10));
		assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> TestBroker.get(held))
			.withMessage("Producer is closed forcefully.");
		assertThat(this.broker.busy()).isEmpty();
	}

	@Test
	void commitOfTransactionWaitsForItsSendsAndFailsWithThem() throws Exception {
		try (Producer<byte[], byte[]> producer = this.clients.producer("transactional.id=id")) {
			producer.initTransactions();
			producer.beginTransaction();
			this.broker.faults().holdSends("topic");
			this.broker.faults().failNextSend("topic", new NotEnoughReplicasException("on purpose"));
			producer.send(new ProducerRecord<>("topic", null));
			CompletableFuture<Void> committed = new CompletableFuture<>();
			Thread committer = new Thread(() -> {
				try {
					producer.commitTransaction();
					committed.complete(null);
				}
				catch (KafkaException ex) {
					committed.completeExceptionally(ex);
				}
			});
			committer.start();
			await().until(() -> committer.getState() == Thread.State.TIMED_WAITING);
			assertThat(committed).isNotDone();
			this.broker.faults().releaseSends("topic");
			committer.join();
			assertThat(committed).isCompletedExceptionally();
			producer.abortTransaction();
		}
	}

	private Consumer<byte[], byte[]> reader() {
		Consumer<byte[], byte[]> consumer = this.clients.consumer();
		consumer.assign(List.of(this.partition));
		return consumer;
	}

}
