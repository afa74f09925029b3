package dev.millrace.test.broker;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What happens to a record between a producer and a consumer.
 */
abstract class RecordSemantics {

	private final TestBroker broker;

	RecordSemantics(TestBroker broker) {
		this.broker = broker;
	}

	@Test
	void recordArrivesAsItWasSent() {
		String topic = this.broker.newTopic(3);
		ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, 1, 1_700_000_000_123L,
				TestBroker.bytes("key"), TestBroker.bytes("value"));
		sent.headers().add("a", TestBroker.bytes("1")).add("a", TestBroker.bytes("2")).add("b", null);
		RecordMetadata metadata = this.broker.send(sent);
		assertThat(metadata.partition()).isEqualTo(1);
		assertThat(metadata.offset()).isZero();
		assertThat(metadata.timestamp()).isEqualTo(1_700_000_000_123L);
		assertThat(metadata.serializedKeySize()).isEqualTo(3);
		assertThat(metadata.serializedValueSize()).isEqualTo(5);
		try (Consumer<byte[], byte[]> consumer = reader(topic, 3)) {
			ConsumerRecord<byte[], byte[]> record = this.broker.poll(consumer, 1).get(0);
			assertThat(record.topic()).isEqualTo(topic);
			assertThat(record.partition()).isEqualTo(1);
			assertThat(record.offset()).isZero();
			assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
			assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
			assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("key");
			assertThat(record.value()).asString(StandardCharsets.UTF_8).isEqualTo("value");
			assertThat(record.serializedKeySize()).isEqualTo(3);
			assertThat(record.headers().toArray())
				.extracting((header) -> header.key() + TestBroker.text(header.value()))
				.containsExactly("a1", "a2", "bnull");
		}
	}

	@Test
	void nullsStayNull() {
		String topic = this.broker.newTopic(1);
		RecordMetadata metadata = this.broker.send(new ProducerRecord<>(topic, null, null));
		assertThat(metadata.serializedKeySize()).isEqualTo(-1);
		assertThat(metadata.serializedValueSize()).isEqualTo(-1);
		try (Consumer<byte[], byte[]> consumer = reader(topic, 1)) {
			ConsumerRecord<byte[], byte[]> record = this.broker.poll(consumer, 1).get(0);
			assertThat(record.key()).isNull();
			assertThat(record.value()).isNull();
			assertThat(record.serializedValueSize()).isEqualTo(-1);
		}
	}

	@Test
	void topicMayHaveTimeOfWriting() {
		String topic = TestBroker.newName("topic");
		this.broker.create(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));
		RecordMetadata metadata = this.broker.send(new ProducerRecord<>(topic, 0, 5L, null, new byte[1]));
		assertThat(metadata.timestamp()).isGreaterThan(5);
		try (Consumer<byte[], byte[]> consumer = reader(topic, 1)) {
			ConsumerRecord<byte[], byte[]> record = this.broker.poll(consumer, 1).get(0);
			assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
			assertThat(record.timestamp()).isEqualTo(metadata.timestamp());
		}
	}

	@Test
	void orderOfPartitionIsOrderOfSends() {
		String topic = this.broker.newTopic(1);
		try (Producer<byte[], byte[]> producer = this.broker.producer()) {
			IntStream.range(0, 1000)
				.forEach((number) -> producer.send(new ProducerRecord<>(topic, TestBroker.bytes("" + number))));
		}
		try (Consumer<byte[], byte[]> consumer = reader(topic, 1)) {
			List<ConsumerRecord<byte[], byte[]>> records = this.broker.poll(consumer, 1000);
			assertThat(TestBroker.values(records))
				.containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
			assertThat(records).extracting(ConsumerRecord::offset)
				.containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
		}
	}

	@Test
	void keyChoosesPartition() {
		String topic = this.broker.newTopic(7);
		try (Producer<byte[], byte[]> producer = this.broker.producer()) {
			for (int number = 0; number < 100; number++) {
				byte[] key = TestBroker.bytes("key-" + number);
				RecordMetadata metadata = TestBroker.get(producer.send(new ProducerRecord<>(topic, key, null)));
				assertThat(metadata.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(key)) % 7);
			}
		}
	}

	@Test
	void recordsWithoutKeysStayTogetherUntilBatchIsFull() {
		String topic = this.broker.newTopic(50);
		try (Producer<byte[], byte[]> producer = this.broker.producer("batch.size=10000")) {
			Map<Integer, Integer> counts = new HashMap<>();
			for (int number = 0; number < 100; number++) {
				RecordMetadata metadata = TestBroker.get(producer.send(new ProducerRecord<>(topic, new byte[1000])));
				counts.merge(metadata.partition(), 1, Integer::sum);
			}
			assertThat(counts).hasSizeBetween(2, 12);
		}
	}

	@Test
	void callbackIsCalledByNetworkThreadBeforeFutureIsDone() {
		String topic = this.broker.newTopic(1);
		try (Producer<byte[], byte[]> producer = this.broker.producer("client.id=sender")) {
			AtomicReference<String> thread = new AtomicReference<>();
			TestBroker.get(producer.send(new ProducerRecord<>(topic, null),
					(metadata, failure) -> thread.set(Thread.currentThread().getName())));
			assertThat(thread).hasValue("kafka-producer-network-thread | sender");
		}
	}

	@Test
	void headersCannotBeChangedOnceSent() {
		String topic = this.broker.newTopic(1);
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null);
		this.broker.send(record);
		assertThatIllegalStateException().isThrownBy(() -> record.headers().add("late", null));
	}

	@Test
	void recordThatIsTooLargeIsRefused() {
		String topic = this.broker.newTopic(1);
		try (Producer<byte[], byte[]> producer = this.broker.producer()) {
			CompletableFuture<Exception> called = new CompletableFuture<>();
			ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, new byte[1_048_577]);
			assertThatExceptionOfType(RecordTooLargeException.class).isThrownBy(
					() -> TestBroker.get(producer.send(record, (metadata, failure) -> called.complete(failure))));
			assertThat(called).isCompletedWithValueMatching(RecordTooLargeException.class::isInstance);
		}
	}

	@Test
	void topicMayRefuseWhatTheProducerAllows() {
		String topic = TestBroker.newName("topic");
		this.broker.create(topic, 1, Map.of("max.message.bytes", "1000"));
		assertThatExceptionOfType(RecordTooLargeException.class)
			.isThrownBy(() -> this.broker.send(new ProducerRecord<>(topic, new byte[2000])));
	}

	@Test
	void partitionHasToExist() {
		String topic = this.broker.newTopic(2);
		try (Producer<byte[], byte[]> producer = this.broker.producer("max.block.ms=500")) {
			assertThatExceptionOfType(TimeoutException.class)
				.isThrownBy(() -> TestBroker.get(producer.send(new ProducerRecord<>(topic, 2, null, null))))
				.withMessageContaining("Partition 2 of topic " + topic);
		}
	}

	@Test
	void topicIsCreatedWhenItIsUsed() {
		String topic = TestBroker.newName("topic");
		this.broker.send(new ProducerRecord<>(topic, TestBroker.bytes("first")));
		try (Consumer<byte[], byte[]> consumer = reader(topic, 1)) {
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("first");
		}
	}

	@Test
	void closedProducerSendsNothing() {
		String topic = this.broker.newTopic(1);
		Producer<byte[], byte[]> producer = this.broker.producer();
		producer.close();
		assertThatIllegalStateException().isThrownBy(() -> producer.send(new ProducerRecord<>(topic, null)))
			.withMessage("Cannot perform operation after producer has been closed");
	}

	@Test
	void closingSendsWhatIsLeft() {
		String topic = this.broker.newTopic(1);
		CompletableFuture<RecordMetadata> last = new CompletableFuture<>();
		try (Producer<byte[], byte[]> producer = this.broker.producer()) {
			IntStream.range(0, 100)
				.forEach((number) -> producer.send(new ProducerRecord<>(topic, null),
						(metadata, failure) -> last.obtrudeValue(metadata)));
		}
		assertThat(last.join().offset()).isEqualTo(99);
	}

	@Test
	void offsetsAreFoundByTime() {
		String topic = this.broker.newTopic(1);
		for (long timestamp : new long[] { 1000, 3000, 2000 }) {
			this.broker.send(new ProducerRecord<>(topic, 0, timestamp, null, new byte[1]));
		}
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer()) {
			assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 0L);
			assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 3L);
			OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, 1500L)).get(partition);
			assertThat(found.offset()).isEqualTo(1);
			assertThat(found.timestamp()).isEqualTo(3000);
			assertThat(consumer.offsetsForTimes(Map.of(partition, 4000L)).get(partition)).isNull();
		}
	}

	@Test
	void deletedRecordsAreOutOfRange() {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0", "1", "2", "3");
		TopicPartition partition = new TopicPartition(topic, 0);
		TestBroker.get(this.broker.admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2))).all());
		try (Consumer<byte[], byte[]> consumer = reader(topic, 1)) {
			assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 2L);
			consumer.seek(partition, 1);
			assertThat(TestBroker.values(this.broker.poll(consumer, 2))).containsExactly("2", "3");
		}
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("auto.offset.reset=none")) {
			consumer.assign(List.of(partition));
			consumer.seek(partition, 9);
			assertThatExceptionOfType(OffsetOutOfRangeException.class).isThrownBy(() -> this.broker.poll(consumer, 1))
				.satisfies((failure) -> assertThat(failure.offsetOutOfRangePartitions()).containsEntry(partition, 9L));
		}
	}

	@Test
	void pollReturnsNoMoreThanItMay() {
		String topic = this.broker.newTopic(1);
		this.broker.send(topic, "0", "1", "2", "3", "4");
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer("max.poll.records=2")) {
			consumer.assign(TestBroker.partitions(topic, 1));
			List<ConsumerRecord<byte[], byte[]>> records = this.broker.poll(consumer, 1);
			assertThat(TestBroker.values(records)).containsExactly("0", "1");
			assertThat(consumer.position(new TopicPartition(topic, 0))).isEqualTo(2);
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("2", "3");
			assertThat(TestBroker.values(this.broker.poll(consumer, 1))).containsExactly("4");
		}
	}

	@Test
	void interceptorsSeeWhatIsSentAndWhatIsPolled() {
		String topic = this.broker.newTopic(1);
		String interceptor = "interceptor.classes=" + MarkingInterceptor.class.getName();
		try (Producer<byte[], byte[]> producer = this.broker.producer(interceptor)) {
			TestBroker.get(producer.send(new ProducerRecord<>(topic, TestBroker.bytes("value"))));
		}
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Consumer<byte[], byte[]> consumer = this.broker.consumer(interceptor,
				"group.id=" + TestBroker.newName("group"))) {
			consumer.assign(List.of(partition));
			ConsumerRecord<byte[], byte[]> record = this.broker.poll(consumer, 1).get(0);
			consumer.commitSync();
			assertThat(record.headers().toArray()).extracting((header) -> header.key())
				.containsExactly("sent", "polled");
		}
		assertThat(MarkingInterceptor.seen(topic)).containsExactly("acknowledged 0", "committed 1");
	}

	private Consumer<byte[], byte[]> reader(String topic, int partitions) {
		Consumer<byte[], byte[]> consumer = this.broker.consumer();
		consumer.assign(TestBroker.partitions(topic, partitions));
		return consumer;
	}

}
