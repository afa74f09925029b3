package dev.millrace.listener;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What outlives an application: two partitions and the committed offsets of one group.
 */
final class BrokerModel {

	static final TopicPartition P0 = new TopicPartition("t", 0);

	static final TopicPartition P1 = new TopicPartition("t", 1);

	static final List<TopicPartition> PARTITIONS = List.of(P0, P1);

	final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

	final Map<TopicPartition, Long> committed = new HashMap<>();

	ConsumerRecord<byte[], byte[]> send(TopicPartition partition, String key) {
		long offset = this.log.stream().filter((record) -> record.partition() == partition.partition()).count();
		byte[] bytes = (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null;
		ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", partition.partition(), offset, bytes,
				new byte[0]);
		this.log.add(record);
		return record;
	}

	long committed(TopicPartition partition) {
		return this.committed.getOrDefault(partition, 0L);
	}

	/** The coordinates of all records from the committed offsets on. */
	List<String> uncommitted() {
		return this.log.stream()
			.filter((record) -> record.offset() >= committed(new TopicPartition("t", record.partition())))
			.map(BrokerModel::coordinates)
			.toList();
	}

	static String coordinates(ConsumerRecord<?, ?> record) {
		return record.partition() + "@" + record.offset();
	}

}
