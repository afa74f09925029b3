package dev.millrace.test.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Marks records and remembers what it was told, for each topic.
 */
public final class MarkingInterceptor
		implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

	private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

	static List<String> seen(String topic) {
		return SEEN.computeIfAbsent(topic, (name) -> new CopyOnWriteArrayList<>());
	}

	@Override
	public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
		record.headers().add("sent", new byte[0]);
		return record;
	}

	@Override
	public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
		seen(metadata.topic()).add("acknowledged " + metadata.offset());
	}

	@Override
	public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
		records.forEach((record) -> record.headers().add("polled", new byte[0]));
		return records;
	}

	@Override
	public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
		offsets.forEach((partition, offset) -> seen(partition.topic()).add("committed " + offset.offset()));
	}

	@Override
	public void close() {
	}

	@Override
	public void configure(Map<String, ?> configs) {
	}

}
