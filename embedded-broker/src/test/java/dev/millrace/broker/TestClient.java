package dev.millrace.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Plain Kafka clients, as an application without Spring uses them.
 */
public final class TestClient {

	private static final long TIMEOUT_SECONDS = 60;

	private final Map<String, Object> properties;

	public TestClient(String bootstrapServers) {
		this.properties = Map.of("bootstrap.servers", bootstrapServers);
	}

	public void createTopic(String name, int partitions, int replicas) {
		create(new NewTopic(name, partitions, (short) replicas));
	}

	private void create(NewTopic topic) {
		with((admin) -> admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
	}

	public void createTopic(String name, int partitions, Map<String, String> configuration) {
		create(new NewTopic(name, partitions, (short) 1).configs(configuration));
	}

	public long beginning(String topic) {
		TopicPartition partition = new TopicPartition(topic, 0);
		return with((admin) -> admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
			.partitionResult(partition)
			.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.offset());
	}

	public Set<String> topics() {
		return with((admin) -> admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
	}

	public int partitions(String topic) {
		return replicas(topic).size();
	}

	public List<Integer> replicas(String topic) {
		return with((admin) -> admin.describeTopics(List.of(topic))
			.allTopicNames()
			.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.get(topic)
			.partitions()
			.stream()
			.map((partition) -> partition.replicas().size())
			.toList());
	}

	public List<Integer> nodes() {
		return with((admin) -> admin.describeCluster()
			.nodes()
			.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.stream()
			.map(Node::id)
			.toList());
	}

	public String brokerProperty(int nodeId, String name) {
		ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(nodeId));
		return with((admin) -> admin.describeConfigs(List.of(broker))
			.all()
			.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.get(broker)
			.get(name)
			.value());
	}

	public RecordMetadata send(String topic, String value) {
		return send(new ProducerRecord<>(topic, value));
	}

	public RecordMetadata send(String topic, long timestamp, String value) {
		return send(new ProducerRecord<>(topic, 0, timestamp, null, value));
	}

	private RecordMetadata send(ProducerRecord<String, String> record) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(this.properties, new StringSerializer(),
				new StringSerializer())) {
			return producer.send(record).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads and commits what the group has not read yet.
	 * @param topic the topic
	 * @param group the group
	 * @param count the number of records to wait for
	 * @return the values
	 */
	public List<String> receive(String topic, String group, int count) {
		List<String> values = new ArrayList<>();
		Map<String, Object> consumerProperties = Map.of("bootstrap.servers", this.properties.get("bootstrap.servers"),
				"group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit", false, "fetch.max.wait.ms",
				20);
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consumerProperties, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
			while (values.size() < count && System.nanoTime() < deadline) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> values.add(record.value()));
			}
			consumer.commitSync();
		}
		return values;
	}

	private <T> T with(AdminCall<T> call) {
		try (Admin admin = Admin.create(this.properties)) {
			return call.apply(admin);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface AdminCall<T> {

		T apply(Admin admin) throws Exception;

	}

}
