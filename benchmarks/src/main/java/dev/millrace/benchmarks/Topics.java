package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topics of a broker, seen from outside the applications.
 */
final class Topics implements AutoCloseable {

	private final Map<String, Object> properties;

	private final Map<String, Integer> counts = new HashMap<>();

	private final Admin admin;

	Topics(String bootstrapServers) {
		this.properties = Map.of("bootstrap.servers", bootstrapServers);
		this.admin = Admin.create(this.properties);
	}

	/**
	 * Create topics whose records get the time at which the broker has appended them.
	 * @param names the names
	 * @param partitions the number of partitions of each
	 */
	void create(Collection<String> names, int partitions) {
		names.forEach((name) -> this.counts.put(name, partitions));
		Map<String, String> settings = Map.of("message.timestamp.type", "LogAppendTime");
		get(this.admin
			.createTopics(
					names.stream().map((name) -> new NewTopic(name, partitions, (short) 1).configs(settings)).toList())
			.all());
		// The broker learns of a topic later than the controller
		while (!get(this.admin.listTopics().names()).containsAll(names)) {
			Thread.onSpinWait();
		}
		// Each partition has a leader that answers, else producers would have to retry
		get(this.admin.listOffsets(ends(names)).all());
	}

	void delete(String name) {
		get(this.admin.deleteTopics(List.of(name)).all());
	}

	void fill(String topic, int count, IntFunction<Message> messages) {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(this.properties, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (int i = 0; i < count; i++) {
				Message message = messages.apply(i);
				producer.send(new ProducerRecord<>(topic, message.key(), message.value()));
			}
		}
		if (size(topic) != count) {
			throw new IllegalStateException("Not everything could be sent");
		}
	}

	/**
	 * Return how many records a topic has.
	 * @param topic the topic
	 * @return the number of records
	 */
	long size(String topic) {
		return get(this.admin.listOffsets(ends(List.of(topic))).all()).values()
			.stream()
			.mapToLong(ListOffsetsResultInfo::offset)
			.sum();
	}

	/**
	 * Return how many records a group has committed, of a topic whose offsets have no
	 * gaps.
	 * @param group the group
	 * @return the sum of the offsets
	 */
	long committed(String group) {
		return get(this.admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).values()
			.stream()
			.mapToLong(OffsetAndMetadata::offset)
			.sum();
	}

	/**
	 * Return when the records of a topic were appended.
	 * @param topic the topic
	 * @return the times in milliseconds, ascending
	 */
	long[] times(String topic) {
		long[] times = new long[(int) size(topic)];
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(this.properties, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.assign(partitions(topic));
			consumer.seekToBeginning(List.of());
			for (int i = 0; i < times.length;) {
				for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
					times[i++] = record.timestamp();
				}
			}
		}
		java.util.Arrays.sort(times);
		return times;
	}

	@Override
	public void close() {
		this.admin.close();
	}

	private Map<TopicPartition, OffsetSpec> ends(Collection<String> names) {
		Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
		names.forEach((name) -> partitions(name).forEach((partition) -> ends.put(partition, OffsetSpec.latest())));
		return ends;
	}

	private List<TopicPartition> partitions(String topic) {
		int count = this.counts.getOrDefault(topic, 0);
		return IntStream.range(0, count).mapToObj((partition) -> new TopicPartition(topic, partition)).toList();
	}

	private static <T> T get(KafkaFuture<T> future) {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is sent.
	 *
	 * @param key the key
	 * @param value the value
	 */
	record Message(byte[] key, byte[] value) {

	}

}
