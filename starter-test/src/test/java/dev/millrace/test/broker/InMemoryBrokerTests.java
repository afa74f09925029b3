package dev.millrace.test.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what {@link InMemoryBroker} has beyond a real one.
 */
class InMemoryBrokerTests {

	private final InMemoryBroker broker = InMemoryBroker.create();

	private final TestBroker clients = new MemoryTestBroker(this.broker);

	private final TopicPartition partition = new TopicPartition("topic", 0);

	@Test
	void producerMayBeClosedByItsCallback() {
		Producer<byte[], byte[]> producer = this.clients.producer();
		CompletableFuture<Void> closed = new CompletableFuture<>();
		producer.send(new ProducerRecord<>("topic", null), (metadata, failure) -> {
			producer.close();
			closed.complete(null);
		});
		closed.join();
		await().untilAsserted(() -> assertThat(this.broker.busy()).isEmpty());
	}

	@Test
	void listenerSeesEveryRecord() {
		List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
		RecordListener listener = seen::add;
		this.broker.addListener(listener);
		this.clients.send("topic", "1", "2");
		this.broker.removeListener(listener);
		this.clients.send("topic", "3");
		assertThat(TestBroker.values(seen)).containsExactly("1", "2");
		assertThat(seen).extracting(ConsumerRecord::offset).containsExactly(0L, 1L);
	}

	@Test
	void timestampsAreOfTheClock() {
		Clock clock = Clock.fixed(Instant.ofEpochMilli(4711), ZoneOffset.UTC);
		TestBroker fixed = new MemoryTestBroker(InMemoryBroker.builder().clock(clock).build());
		assertThat(fixed.send(new ProducerRecord<>("topic", null)).timestamp()).isEqualTo(4711);
	}

	@Test
	void topicsAreCreatedAsConfigured() {
		TestBroker wide = new MemoryTestBroker(InMemoryBroker.builder().partitions(3).build());
		wide.send("topic", "1");
		try (Consumer<byte[], byte[]> consumer = wide.consumer()) {
			assertThat(consumer.partitionsFor("topic")).hasSize(3);
		}
		TestBroker strict = new MemoryTestBroker(InMemoryBroker.builder().autoCreateTopics(false).build());
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> strict.send("topic", "1"))
			.withMessageContaining("Topic topic not present in metadata");
		try (Consumer<byte[], byte[]> consumer = strict.consumer("group.id=group")) {
			consumer.subscribe(List.of("topic"));
			consumer.poll(Duration.ZERO);
			assertThat(consumer.assignment()).isEmpty();
			strict.create("topic", 1, Map.of());
			strict.pollUntil(() -> !consumer.assignment().isEmpty(), new ArrayList<>(), consumer);
		}
	}

	@Test
	void brokerIsQuietWhenConsumersHaveSeenEverything() {
		this.clients.send("topic", "1");
		assertThat(this.broker.busy()).isEmpty();
		try (Consumer<byte[], byte[]> consumer = this.clients.consumer("group.id=group", "client.id=me")) {
			consumer.subscribe(List.of("topic"));
			assertThat(this.broker.busy()).containsExactly("me");
			assertThat(TestBroker.values(this.clients.poll(consumer, 1))).containsExactly("1");
			assertThat(this.broker.busy()).containsExactly("me");
			assertThat(consumer.poll(Duration.ofMillis(1)).isEmpty()).isTrue();
			assertThat(this.broker.busy()).isEmpty();
			this.clients.send("topic", "2");
			assertThat(this.broker.busy()).containsExactly("me");
			this.clients.poll(consumer, 1);
			consumer.poll(Duration.ofMillis(1));
			assertThat(this.broker.busy()).isEmpty();
			consumer.commitSync();
			this.broker.rebalance("group");
			assertThat(this.broker.busy()).containsExactly("me");
			consumer.poll(Duration.ofMillis(1));
			assertThat(this.broker.busy()).isEmpty();
		}
	}

	@Test
	void consumersWithoutGroupAreNotWaitedFor() {
		try (Consumer<byte[], byte[]> consumer = reader()) {
			this.clients.send("topic", "1");
			assertThat(this.broker.awaitQuiet(Duration.ZERO)).isTrue();
			assertThat(consumer.assignment()).hasSize(1);
		}
	}

	@Test
	void quietIsWaitedForWhileAnotherThreadPolls() throws Exception {
		Consumer<byte[], byte[]> consumer = this.clients.consumer("group.id=group");
		consumer.subscribe(List.of("topic"));
		List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
		CompletableFuture<Void> polling = CompletableFuture.runAsync(() -> {
			try {
				while (true) {
					consumer.poll(Duration.ofSeconds(60)).forEach(seen::add);
				}
			}
			catch (WakeupException ex) {
				consumer.close();
			}
		});
		for (int number = 1; number <= 1000; number++) {
			this.clients.send("topic", "" + number);
			assertThat(this.broker.awaitQuiet(Duration.ofSeconds(30))).isTrue();
			assertThat(seen).hasSize(number);
		}
		consumer.wakeup();
		polling.get();
	}

	@Test
	void evictedMemberIsReplaced() {
		this.clients.send("topic", "1");
		try (GroupTestMember member = new GroupTestMember(this.clients.consumer("group.id=group"), "topic")) {
			this.clients.poll(member.consumer(), 1);
			this.broker.evictMembers("group");
			assertThatExceptionOfType(CommitFailedException.class).isThrownBy(member.consumer()::commitSync);
			assertThat(TestBroker.values(this.clients.poll(member.consumer(), 1))).containsExactly("1");
			assertThat(member.events()).containsExactly("assigned 0", "lost 0", "assigned 0");
		}
	}

	@Test
	void evictedMemberCannotCommitBeforeTheOthersHaveJoinedAgain() {
		this.clients.create("topic", 2, Map.of());
		try (GroupTestMember evicted = new GroupTestMember(
				this.clients.consumer("group.id=group", "group.instance.id=evicted"), "topic");
				GroupTestMember other = new GroupTestMember(this.clients.consumer("group.id=group"), "topic")) {
			this.clients.pollUntil(() -> evicted.owns(1) && other.owns(1), new ArrayList<>(), evicted.consumer(),
					other.consumer());
			Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(this.partition, new OffsetAndMetadata(0));
			TestBroker.get(this.clients.admin()
				.removeMembersFromConsumerGroup("group",
						new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("evicted"))))
				.all());
			assertThatExceptionOfType(CommitFailedException.class)
				.isThrownBy(() -> evicted.consumer().commitSync(offsets));
			other.consumer().commitSync(offsets);
		}
	}

	@Test
	void rebalanceDoesNotWaitForMemberThatDoesNotPoll() {
		this.clients.create("topic", 2, Map.of());
		try (GroupTestMember slow = new GroupTestMember(this.clients.consumer("group.id=group",
				"max.poll.interval.ms=100", "session.timeout.ms=50", "heartbeat.interval.ms=10"), "topic");
				GroupTestMember member = new GroupTestMember(this.clients.consumer("group.id=group",
						"max.poll.interval.ms=100", "session.timeout.ms=50", "heartbeat.interval.ms=10"), "topic")) {
			this.clients.pollUntil(() -> slow.owns(2), new ArrayList<>(), slow.consumer());
			this.clients.pollUntil(() -> member.owns(2), new ArrayList<>(), member.consumer());
			assertThatExceptionOfType(CommitFailedException.class)
				.isThrownBy(() -> slow.consumer().commitSync(Map.of(this.partition, new OffsetAndMetadata(0))));
		}
	}

	@Test
	void expiredTransactionIsAborted() {
		try (Producer<byte[], byte[]> producer = this.clients.producer("transactional.id=id");
				Consumer<byte[], byte[]> consumer = this.clients.consumer("isolation.level=read_committed")) {
			producer.initTransactions();
			producer.beginTransaction();
			TestBroker.get(producer.send(new ProducerRecord<>("topic", TestBroker.bytes("open"))));
			this.clients.send("topic", "behind");
			this.broker.expireTransaction("id");
			consumer.assign(List.of(this.partition));
			assertThat(TestBroker.values(this.clients.poll(consumer, 1))).containsExactly("behind");
			assertThatExceptionOfType(ProducerFencedException.class).isThrownBy(producer::commitTransaction);
		}
	}

	@Test
	void committedOffsetsAreWaitedForWhileTheyAreInTransaction() {
		this.clients.send("topic", "1", "2");
		try (Producer<byte[], byte[]> producer = this.clients.producer("transactional.id=id");
				Consumer<byte[], byte[]> consumer = this.clients.consumer("isolation.level=read_committed",
						"group.id=group")) {
			producer.initTransactions();
			producer.beginTransaction();
			producer.sendOffsetsToTransaction(Map.of(this.partition, new OffsetAndMetadata(1)),
					consumer.groupMetadata());
			consumer.assign(List.of(this.partition));
			assertThat(consumer.poll(Duration.ofMillis(20)).isEmpty()).isTrue();
			producer.commitTransaction();
			assertThat(TestBroker.values(this.clients.poll(consumer, 1))).containsExactly("2");
		}
	}

	@Test
	void keysAndBodiesAreConverted() {
		Map<String, Object> serializers = Map.of("key.serializer", StringSerializer.class, "value.serializer",
				StringSerializer.class.getName());
		try (Producer<String, String> producer = this.broker.createProducer(serializers, null, null);
				Consumer<String, String> consumer = this.broker.createConsumer(
						Map.of("auto.offset.reset", "earliest", "key.deserializer", StringDeserializer.class,
								"value.deserializer", StringDeserializer.class.getName()),
						null, null)) {
			TestBroker.get(producer.send(new ProducerRecord<>("topic", "key", "value")));
			consumer.assign(List.of(this.partition));
			assertThat(consumer.poll(Duration.ofSeconds(1))).singleElement().satisfies((record) -> {
				assertThat(record.key()).isEqualTo("key");
				assertThat(record.value()).isEqualTo("value");
			});
		}
	}

	@Test
	void recordThatCannotBeConvertedStopsTheConsumerThere() {
		this.clients.send(new ProducerRecord<>("topic", new byte[] { 0, 0, 0, 7 }));
		this.clients.send("topic", "not four bytes");
		try (Consumer<byte[], Integer> consumer = this.broker.createConsumer(Map.of("auto.offset.reset", "earliest"),
				null, new IntegerDeserializer())) {
			consumer.assign(List.of(this.partition));
			assertThat(consumer.poll(Duration.ofSeconds(1))).singleElement()
				.extracting(ConsumerRecord::value)
				.isEqualTo(7);
			for (int attempt = 0; attempt < 2; attempt++) {
				assertThatExceptionOfType(RecordDeserializationException.class)
					.isThrownBy(() -> consumer.poll(Duration.ofSeconds(1)))
					.satisfies((failure) -> assertThat(failure.offset()).isEqualTo(1));
			}
			assertThat(consumer.position(this.partition)).isEqualTo(1);
		}
	}

	@Test
	void bytesAreCopied() {
		byte[] body = { 1 };
		try (Producer<byte[], byte[]> producer = this.clients.producer()) {
			Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("topic", body));
			body[0] = 2;
			TestBroker.get(sent);
		}
		for (int reading = 0; reading < 2; reading++) {
			try (Consumer<byte[], byte[]> consumer = reader()) {
				byte[] read = this.clients.poll(consumer, 1).get(0).value();
				assertThat(read).containsExactly(1);
				read[0] = 3;
			}
		}
	}

	@Test
	void interruptionEndsPoll() {
		try (Consumer<byte[], byte[]> consumer = reader()) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(InterruptException.class).isThrownBy(() -> consumer.poll(Duration.ofSeconds(30)));
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void adminSaysWhatItDoesNotKnow() {
		try (Admin admin = this.broker.createAdmin()) {
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> admin.describeLogDirs(List.of(0)))
				.withMessage("The in-memory broker does not know Admin.describeLogDirs");
			assertThat(admin.metrics()).isEmpty();
			assertThat(admin).isEqualTo(admin);
			assertThat(admin.toString()).isEqualTo("In-memory admin client");
		}
	}

	private Consumer<byte[], byte[]> reader() {
		Consumer<byte[], byte[]> consumer = this.clients.consumer();
		consumer.assign(List.of(this.partition));
		return consumer;
	}

}
