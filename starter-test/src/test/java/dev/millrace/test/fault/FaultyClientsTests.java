package dev.millrace.test.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.millrace.test.broker.InMemoryBroker;
import dev.millrace.test.client.InMemoryConsumerFactory;
import dev.millrace.test.client.InMemoryProducerFactory;
import dev.millrace.test.engine.ConsumerPositions;
import dev.millrace.test.engine.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FaultyClients}.
 */
class FaultyClientsTests {

	private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

	private static final Map<TopicPartition, OffsetAndMetadata> FIRST = Map.of(PARTITION, new OffsetAndMetadata(1));

	private final InMemoryBroker broker = InMemoryBroker.create();

	private final ClientFaults faults = new ClientFaults();

	private final VirtualTime time = new VirtualTime();

	private final InMemoryProducerFactory<String, String> producers = new InMemoryProducerFactory<>(this.broker,
			Map.of());

	private Producer<String, String> producer;

	private Consumer<String, String> consumer;

	@BeforeEach
	void create() {
		FaultyClients faulty = new FaultyClients(this.faults, this.time, new ConsumerPositions());
		this.producers.setKeySerializer(new StringSerializer());
		this.producers.setValueSerializer(new StringSerializer());
		faulty.addTo(this.producers);
		this.producer = this.producers.createProducer();
		InMemoryConsumerFactory<String, String> consumers = new InMemoryConsumerFactory<>(this.broker,
				Map.of("auto.offset.reset", "earliest"));
		consumers.setKeyDeserializer(new StringDeserializer());
		consumers.setValueDeserializer(new StringDeserializer());
		faulty.addTo(consumers);
		this.consumer = consumers.createConsumer("group", null, null);
		this.consumer.assign(List.of(PARTITION));
	}

	@AfterEach
	void close() {
		this.consumer.close();
		this.producers.destroy();
	}

	@Test
	void nextSendsFail() throws Exception {
		NotEnoughReplicasException failure = new NotEnoughReplicasException("on purpose");
		this.faults.failSends("topic", 1, failure);
		List<Exception> told = new ArrayList<>();

		assertThat(this.producer.send(record("1"), (metadata, problem) -> told.add(problem))).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCause(failure);
		this.producer.send(record("2")).get();

		assertThat(told).containsExactly(failure);
		assertThat(written()).isEqualTo(1);
	}

	@Test
	void sendsAreConfirmedLate() {
		this.faults.delaySends("topic", Duration.ofHours(1));
		List<RecordMetadata> told = new ArrayList<>();
		Future<RecordMetadata> sent = this.producer.send(record("1"), (metadata, problem) -> told.add(metadata));
		await().until(() -> written() == 1 && this.time.isAwaited());

		this.time.advance(Duration.ofMinutes(59));
		assertThat(sent).isNotDone();
		assertThat(told).isEmpty();
		assertThat(this.faults.isConfirmed()).isFalse();

		this.time.advance(Duration.ofMinutes(1));
		assertThat(sent).isDone();
		assertThat(told).hasSize(1);
		assertThat(this.faults.isConfirmed()).isTrue();
	}

	@Test
	void nextCommitsFail() {
		this.faults.failCommits("group", 2, new RebalanceInProgressException("on purpose"));

		assertThatExceptionOfType(RebalanceInProgressException.class).isThrownBy(() -> this.consumer.commitSync(FIRST));
		List<Exception> told = new ArrayList<>();
		this.consumer.commitAsync(FIRST, (offsets, problem) -> told.add(problem));
		this.consumer.poll(Duration.ZERO);
		assertThat(told).singleElement().isInstanceOf(RetriableCommitFailedException.class);
		assertThat(this.consumer.committed(Set.of(PARTITION)).get(PARTITION)).isNull();

		this.consumer.commitSync(FIRST);
		assertThat(this.consumer.committed(Set.of(PARTITION))).isEqualTo(FIRST);
	}

	@Test
	void nothingGetsThroughACut() throws Exception {
		this.producer.send(record("1")).get();
		this.faults.cut(true);

		assertThat(this.producer.send(record("2"))).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCause(DisconnectException.INSTANCE);
		assertThat(this.consumer.poll(Duration.ofMillis(100))).isEmpty();
		assertThatExceptionOfType(CommitFailedException.class).isThrownBy(() -> this.consumer.commitSync(FIRST));
		this.consumer.commitAsync(FIRST, null);

		this.faults.cut(false);
		assertThat(written()).isEqualTo(1);
		assertThat(this.consumer.committed(Set.of(PARTITION)).get(PARTITION)).isNull();
		assertThat(this.consumer.poll(Duration.ofSeconds(30))).singleElement()
			.satisfies((record) -> assertThat(record.value()).isEqualTo("1"));
	}

	private long written() {
		return this.consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
	}

	private static ProducerRecord<String, String> record(String body) {
		return new ProducerRecord<>("topic", 0, null, body);
	}

}
