package dev.millrace.test.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import static org.awaitility.Awaitility.await;

/**
 * A broker, in memory or real, as the tests of semantics see it.
 */
abstract class TestBroker {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	abstract Consumer<byte[], byte[]> newConsumer(Map<String, Object> properties);

	abstract Producer<byte[], byte[]> newProducer(Map<String, Object> properties);

	abstract Admin admin();

	final Consumer<byte[], byte[]> consumer(String... properties) {
		Map<String, Object> all = new HashMap<>(Map.of("auto.offset.reset", "earliest", "enable.auto.commit", "false",
				"metadata.max.age.ms", "200", "heartbeat.interval.ms", "100", "retry.backoff.ms", "50"));
		all.putAll(map(properties));
		if ("consumer".equals(all.get("group.protocol"))) {
			all.remove("heartbeat.interval.ms");
		}
		return newConsumer(all);
	}

	final Producer<byte[], byte[]> producer(String... properties) {
		return newProducer(map(properties));
	}

	final String newTopic(int partitions) {
		String topic = newName("topic");
		create(topic, partitions, Map.of());
		return topic;
	}

	final void create(String topic, int partitions, Map<String, String> configuration) {
		get(admin().createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configuration))).all());
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		partitions(topic, partitions).forEach((partition) -> latest.put(partition, OffsetSpec.latest()));
		await().ignoreExceptions().until(() -> get(admin().listOffsets(latest).all()).size() == partitions);
	}

	final void send(String topic, String... values) {
		try (Producer<byte[], byte[]> producer = producer()) {
			for (String value : values) {
				get(producer.send(new ProducerRecord<>(topic, 0, null, bytes(value))));
			}
		}
	}

	final RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
		try (Producer<byte[], byte[]> producer = producer()) {
			return get(producer.send(record));
		}
	}

	/**
	 * Poll until there are so many records.
	 * @param consumer the consumer
	 * @param count how many
	 * @return at least as many records
	 */
	final List<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> consumer, int count) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		pollUntil(() -> records.size() >= count, records, consumer);
		return records;
	}

	@SafeVarargs
	final void pollUntil(BooleanSupplier condition, List<ConsumerRecord<byte[], byte[]>> records,
			Consumer<byte[], byte[]>... consumers) {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new AssertionError("Not within %s; polled so far: %s".formatted(PATIENCE, values(records)));
			}
			for (Consumer<byte[], byte[]> consumer : consumers) {
				consumer.poll(Duration.ofMillis(20)).forEach(records::add);
			}
		}
	}

	static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
		return records.stream().map((record) -> text(record.value())).toList();
	}

	static List<TopicPartition> partitions(String topic, int count) {
		return IntStream.range(0, count).mapToObj((partition) -> new TopicPartition(topic, partition)).toList();
	}

	static String newName(String prefix) {
		return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
	}

	static byte[] bytes(String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

	static String text(byte[] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	static <T> T get(Future<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure
					: new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> map(String... properties) {
		Map<String, Object> map = new HashMap<>();
		Arrays.stream(properties)
			.map((property) -> property.split("=", 2))
			.forEach((property) -> map.put(property[0], property[1]));
		return map;
	}

}
