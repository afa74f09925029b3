package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What transactions promise, and what they leave in the log.
 */
abstract class TransactionSemantics {

	private static final String COMMITTED = "isolation.level=read_committed";

	private final TestBroker broker;

	private final String transactionalId = TestBroker.newName("transactional");

	private final String group = TestBroker.newName("group");

	TransactionSemantics(TestBroker broker) {
		this.broker = broker;
	}

	@Test
	void abortedRecordsAreSkipped() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Producer<byte[], byte[]> producer = transactional()) {
			inTransaction(producer, topic, true, "a", "b");
			inTransaction(producer, topic, false, "c");
			inTransaction(producer, topic, true, "d");
		}
		try (Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED)) {
			List<ConsumerRecord<byte[], byte[]>> records = this.broker.poll(consumer, 3);
			assertThat(TestBroker.values(records)).containsExactly("a", "b", "d");
			assertThat(records).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 5L);
			this.broker.pollUntil(() -> consumer.position(partition) == 7, records, consumer);
			assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 7L);
		}
		try (Consumer<byte[], byte[]> consumer = reader(topic)) {
			assertThat(TestBroker.values(this.broker.poll(consumer, 4))).containsExactly("a", "b", "c", "d");
		}
	}

	@Test
	void openTransactionHoldsUpWhatIsBehindIt() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		this.broker.send(topic, "before");
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED);
				Consumer<byte[], byte[]> careless = reader(topic)) {
			producer.beginTransaction();
			TestBroker.get(send(producer, topic, "open"));
			this.broker.send(topic, "behind");
			assertThat(TestBroker.values(this.broker.poll(careless, 3))).containsExactly("before", "open", "behind");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("before");
			assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 1L);
			assertThat(careless.endOffsets(List.of(partition))).containsEntry(partition, 3L);
			producer.commitTransaction();
			assertThat(TestBroker.values(this.broker.poll(consumer, 2))).containsExactly("open", "behind");
			await()
				.untilAsserted(() -> assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 4L));
		}
	}

	@Test
	void offsetsAreCommittedWithTheTransaction() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		this.broker.send(topic, "0", "1");
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, COMMITTED)) {
			consumer.subscribe(List.of(topic));
			this.broker.poll(consumer, 2);
			producer.beginTransaction();
			producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(1)), consumer.groupMetadata());
			producer.abortTransaction();
			assertThat(consumer.committed(Set.of(partition)).get(partition)).isNull();
			producer.beginTransaction();
			producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(2)), consumer.groupMetadata());
			producer.commitTransaction();
			await().untilAsserted(
					() -> assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(2));
		}
	}

	@Test
	void offsetsOfOpenTransactionAreNotToldInTime() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, COMMITTED)) {
			producer.beginTransaction();
			producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(2)), consumer.groupMetadata());
			assertThatExceptionOfType(TimeoutException.class)
				.isThrownBy(() -> consumer.committed(Set.of(partition), Duration.ofMillis(500)))
				.withMessageStartingWith("Timeout of 500ms expired before the last committed offset for partitions ["
						+ partition + "] could be determined.");
			producer.abortTransaction();
		}
	}

	@Test
	void outsiderMayCommitOffsetsInTransaction() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group, COMMITTED)) {
			producer.beginTransaction();
			producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(2)), consumer.groupMetadata());
			producer.commitTransaction();
			await().untilAsserted(
					() -> assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(2));
		}
	}

	@Test
	void outdatedMemberCannotCommitOffsetsInTransaction() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		this.broker.send(topic, "0");
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = this.broker.consumer("group.id=" + this.group)) {
			consumer.subscribe(List.of(topic));
			this.broker.poll(consumer, 1);
			ConsumerGroupMetadata outdated = consumer.groupMetadata();
			consumer.enforceRebalance();
			this.broker.pollUntil(() -> consumer.groupMetadata().generationId() > outdated.generationId(),
					new ArrayList<>(), consumer);
			producer.beginTransaction();
			Future<RecordMetadata> sent = send(producer, topic, "out");
			assertThatExceptionOfType(CommitFailedException.class).isThrownBy(
					() -> producer.sendOffsetsToTransaction(Map.of(partition, new OffsetAndMetadata(1)), outdated));
			assertThatExceptionOfType(KafkaException.class).isThrownBy(producer::commitTransaction)
				.withMessage("Cannot execute transactional method because we are in an error state")
				.withCauseInstanceOf(CommitFailedException.class);
			producer.abortTransaction();
			assertThat(sent).isDone();
			inTransaction(producer, topic, true, "next");
		}
		try (Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED)) {
			assertThat(TestBroker.values(this.broker.poll(consumer, 2))).containsExactly("0", "next");
		}
	}

	@Test
	void newerProducerFencesOlderOne() {
		String topic = this.broker.newTopic(1);
		Producer<byte[], byte[]> older = transactional();
		older.beginTransaction();
		TestBroker.get(send(older, topic, "older"));
		try (Producer<byte[], byte[]> newer = transactional()) {
			assertThatExceptionOfType(ProducerFencedException.class).isThrownBy(older::commitTransaction);
			assertThatExceptionOfType(ProducerFencedException.class).isThrownBy(older::beginTransaction);
			assertThatExceptionOfType(ProducerFencedException.class).isThrownBy(older::abortTransaction);
			inTransaction(newer, topic, true, "newer");
		}
		older.close();
		try (Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED)) {
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("newer");
		}
	}

	@Test
	void fencedProducerCannotSend() {
		String topic = this.broker.newTopic(1);
		Producer<byte[], byte[]> older = transactional();
		try (Producer<byte[], byte[]> newer = transactional()) {
			older.beginTransaction();
			assertThatExceptionOfType(InvalidProducerEpochException.class)
				.isThrownBy(() -> TestBroker.get(send(older, topic, "older")));
			assertThatExceptionOfType(InvalidProducerEpochException.class).isThrownBy(older::commitTransaction);
			assertThatExceptionOfType(ProducerFencedException.class).isThrownBy(older::abortTransaction);
			inTransaction(newer, topic, true, "newer");
		}
		older.close();
	}

	@Test
	void closingAbandonsTransaction() {
		String topic = this.broker.newTopic(1);
		Producer<byte[], byte[]> abandoned = transactional();
		abandoned.beginTransaction();
		TestBroker.get(send(abandoned, topic, "abandoned"));
		abandoned.close();
		try (Producer<byte[], byte[]> next = transactional();
				Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED)) {
			inTransaction(next, topic, true, "next");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("next");
		}
	}

	@Test
	void failedSendFailsTheTransaction() {
		String topic = this.broker.newTopic(1);
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED)) {
			producer.beginTransaction();
			send(producer, topic, "good");
			Future<RecordMetadata> large = producer.send(new ProducerRecord<>(topic, new byte[1_100_000]));
			assertThatExceptionOfType(RecordTooLargeException.class).isThrownBy(() -> TestBroker.get(large));
			assertThatExceptionOfType(KafkaException.class).isThrownBy(producer::commitTransaction)
				.withCauseInstanceOf(RecordTooLargeException.class);
			producer.abortTransaction();
			inTransaction(producer, topic, true, "next");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("next");
		}
	}

	@Test
	void sendThatFailsDuringTheCommitFailsTheTransaction() {
		String topic = TestBroker.newName("topic");
		this.broker.create(topic, 1, Map.of("max.message.bytes", "1000"));
		try (Producer<byte[], byte[]> producer = transactional();
				Consumer<byte[], byte[]> consumer = reader(topic, COMMITTED)) {
			producer.beginTransaction();
			// Not in the same batch: the real client splits it, and its commit times out.
			TestBroker.get(send(producer, topic, "good"));
			producer.send(new ProducerRecord<>(topic, new byte[2000]));
			assertThatExceptionOfType(KafkaException.class).isThrownBy(producer::commitTransaction);
			producer.abortTransaction();
			inTransaction(producer, topic, true, "next");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("next");
		}
	}

	@Test
	void callsHaveToBeInOrder() {
		String topic = this.broker.newTopic(1);
		Producer<byte[], byte[]> early = this.broker.producer("transactional.id=" + this.transactionalId);
		assertThatIllegalStateException().isThrownBy(() -> send(early, topic, "early"));
		// A record that was refused so late would be waited for.
		early.close(Duration.ZERO);
		Producer<byte[], byte[]> outside = transactional();
		assertThatIllegalStateException().isThrownBy(() -> send(outside, topic, "outside"))
			.withMessageContaining("while in state  READY");
		outside.close(Duration.ZERO);
		try (Producer<byte[], byte[]> producer = transactional()) {
			assertThatIllegalStateException().isThrownBy(producer::commitTransaction)
				.withMessageContaining("Invalid transition attempted from state READY");
			assertThatIllegalStateException().isThrownBy(producer::abortTransaction);
			inTransaction(producer, topic, true, "in order");
		}
		try (Producer<byte[], byte[]> producer = this.broker.producer()) {
			assertThatIllegalStateException().isThrownBy(producer::initTransactions);
		}
	}

	@Test
	void emptyTransactionLeavesNothing() {
		String topic = this.broker.newTopic(1);
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Producer<byte[], byte[]> producer = transactional(); Consumer<byte[], byte[]> consumer = reader(topic)) {
			inTransaction(producer, topic, true);
			inTransaction(producer, topic, false);
			assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 0L);
		}
	}

	private Producer<byte[], byte[]> transactional() {
		Producer<byte[], byte[]> producer = this.broker.producer("transactional.id=" + this.transactionalId);
		producer.initTransactions();
		return producer;
	}

	private Consumer<byte[], byte[]> reader(String topic, String... properties) {
		Consumer<byte[], byte[]> consumer = this.broker.consumer(properties);
		consumer.assign(TestBroker.partitions(topic, 1));
		return consumer;
	}

	private static void inTransaction(Producer<byte[], byte[]> producer, String topic, boolean commit,
			String... values) {
		producer.beginTransaction();
		for (String value : values) {
			TestBroker.get(send(producer, topic, value));
		}
		if (commit) {
			producer.commitTransaction();
		}
		else {
			producer.abortTransaction();
		}
	}

	private static Future<RecordMetadata> send(Producer<byte[], byte[]> producer, String topic, String value) {
		return producer.send(new ProducerRecord<>(topic, TestBroker.bytes(value)));
	}

}
