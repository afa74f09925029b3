package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.awaitility.Awaitility.await;

/**
 * Topics of a subscriber with transactions whose id is {@code once}.
 */
final class OnceTopics {

	static final String GROUP = "test.once";

	final String in;

	final String out;

	private final TestCluster cluster;

	OnceTopics(TestCluster cluster, int partitions) {
		this.cluster = cluster;
		this.in = cluster.newTopic("once-in", partitions);
		this.out = cluster.newTopic("once-out", partitions);
	}

	TestApplication start(Class<?> handler, String... properties) {
		List<String> all = new ArrayList<>(List.of("in=" + this.in, "out=" + this.out));
		all.addAll(List.of(properties));
		return TestApplication.start(handler, all.toArray(String[]::new));
	}

	void send(int from, int to) {
		for (int i = from; i < to; i++) {
			this.cluster.sendLater(this.in, "key-" + i, "" + i);
		}
		this.cluster.flush();
	}

	void awaitEverythingCommitted() {
		await().atMost(Duration.ofSeconds(90))
			.until(() -> this.cluster.committed(GROUP, this.in) == this.cluster.end(this.in));
	}

	KafkaProducer<String, String> producer(String transactionalId) {
		return new KafkaProducer<>(
				Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "transactional.id", transactionalId),
				new StringSerializer(), new StringSerializer());
	}

	List<String> uncommitted(String topic) {
		List<String> values = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "fetch.max.wait.ms", 0),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			consumer.assign(this.cluster.partitions(topic));
			consumer.seekToBeginning(consumer.assignment());
			long end = this.cluster.end(topic);
			while (consumer.assignment().stream().mapToLong(consumer::position).sum() < end) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> values.add(TestCluster.text(record.value())));
			}
		}
		return values;
	}

}
