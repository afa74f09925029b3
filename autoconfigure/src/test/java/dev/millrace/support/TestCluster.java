package dev.millrace.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;

import static org.awaitility.Awaitility.await;

/**
 * A broker as a test sees it, through plain Kafka clients.
 */
public final class TestCluster implements AutoCloseable {

	private final String bootstrapServers;

	private final Admin admin;

	private final KafkaProducer<byte[], byte[]> producer;

	public TestCluster(String bootstrapServers) {
		this.bootstrapServers = bootstrapServers;
		this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(),
				new ByteArraySerializer());
	}

	/**
	 * The broker that the tests of this JVM share, each with topics of its own.
	 * @return the shared broker
	 */
	public static TestCluster shared() {
		return Shared.INSTANCE;
	}

	public String bootstrapServers() {
		return this.bootstrapServers;
	}

	public Admin admin() {
		return this.admin;
	}

	public String newTopic(String name, int partitions) {
		return newTopic(name, partitions, Map.of());
	}

	public String newTopic(String name, int partitions, Map<String, String> config) {
		String topic = newName(name);
		create(topic, partitions, config);
		return topic;
	}

	public static String newName(String name) {
		return name + "-" + UUID.randomUUID().toString().substring(0, 8);
	}

	public void create(String topic, int partitions, Map<String, String> config) {
		get(this.admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
			.all()
			.toCompletionStage()
			.toCompletableFuture());
		// Answered by the leaders only: a send that arrives before they are ready may be
		// overtaken by the next one, and is then refused until it times out.
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		for (int partition = 0; partition < partitions; partition++) {
			latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
		}
		await().ignoreExceptions()
			.until(() -> get(this.admin.listOffsets(latest).all().toCompletionStage().toCompletableFuture())
				.size() == partitions);
	}

	public void configure(String topic, String name, String value) {
		Collection<AlterConfigOp> change = List
			.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
		get(this.admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), change))
			.all()
			.toCompletionStage()
			.toCompletableFuture());
	}

	public String configuration(String topic, String name) {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		return get(this.admin.describeConfigs(List.of(resource)).all().toCompletionStage().toCompletableFuture())
			.get(resource)
			.get(name)
			.value();
	}

	public RecordMetadata send(String topic, String key, String value) {
		return get(sendLater(topic, key, value));
	}

	public Future<RecordMetadata> sendLater(String topic, String key, String value) {
		return this.producer.send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
	}

	public RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
		return get(this.producer.send(record));
	}

	public void flush() {
		this.producer.flush();
	}

	/**
	 * Read a topic from its beginning to its present end.
	 * @param topic the topic
	 * @return the records in the order of their partitions and offsets
	 */
	public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
		List<TopicPartition> partitions = partitions(topic);
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers",
				this.bootstrapServers, "isolation.level", "read_committed", "fetch.max.wait.ms", 0),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
			}
		}
		return records;
	}

	public List<String> values(String topic) {
		return read(topic).stream().map((record) -> text(record.value())).toList();
	}

	/**
	 * The offsets that a group has committed, of all partitions of a topic together.
	 * @param group the group
	 * @param topic the topic
	 * @return the sum, 0 when nothing is committed
	 */
	public long committed(String group, String topic) {
		return committedOffsets(group).entrySet()
			.stream()
			.filter((offset) -> offset.getKey().topic().equals(topic))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	public Map<TopicPartition, Long> committedOffsets(String group) {
		Map<TopicPartition, Long> offsets = new HashMap<>();
		get(this.admin.listConsumerGroupOffsets(group)
			.partitionsToOffsetAndMetadata()
			.toCompletionStage()
			.toCompletableFuture()).forEach((partition, offset) -> {
				if (offset != null) {
					offsets.put(partition, offset.offset());
				}
			});
		return offsets;
	}

	/**
	 * The end offsets of all partitions of a topic together.
	 * @param topic the topic
	 * @return the sum
	 */
	public long end(String topic) {
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		partitions(topic).forEach((partition) -> latest.put(partition, OffsetSpec.latest()));
		return get(this.admin.listOffsets(latest).all().toCompletionStage().toCompletableFuture()).values()
			.stream()
			.mapToLong((info) -> info.offset())
			.sum();
	}

	public List<TopicPartition> partitions(String topic) {
		return get(this.admin.describeTopics(List.of(topic)).allTopicNames().toCompletionStage().toCompletableFuture())
			.get(topic)
			.partitions()
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
	}

	public static byte[] bytes(String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

	public static String text(byte[] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	public static String header(ConsumerRecord<?, ?> record, String name) {
		return Arrays.stream(record.headers().toArray())
			.filter((header) -> header.key().equals(name))
			.map((header) -> text(header.value()))
			.findFirst()
			.orElse(null);
	}

	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(1));
		this.admin.close(Duration.ofSeconds(1));
	}

	private static <T> T get(Future<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static final class Shared {

		// Members of the new group protocol hear of a rebalance by their heartbeats:
		// every 5 seconds by default, and no less is allowed. The log cleaner looks
		// for work every 15 seconds.
		static final TestCluster INSTANCE = new TestCluster(EmbeddedBroker
			.start(BrokerSettings.defaults()
				.withPort(0)
				.withProperties(Map.of("group.consumer.heartbeat.interval.ms", "500",
						"group.consumer.min.heartbeat.interval.ms", "500", "log.cleaner.backoff.ms", "500",
						"transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")))
			.bootstrapServers());

	}

}
