package dev.millrace.test.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic. Guarded by the broker's lock.
 */
final class StoredTopic {

	private final String name;

	private final Uuid id = Uuid.randomUuid();

	private final List<PartitionLog> logs = new ArrayList<>();

	private final Map<String, String> configuration;

	StoredTopic(String name, int partitions, Map<String, String> configuration) {
		this.name = name;
		this.configuration = new HashMap<>(configuration);
		expand(partitions);
	}

	String name() {
		return this.name;
	}

	Uuid id() {
		return this.id;
	}

	List<PartitionLog> logs() {
		return this.logs;
	}

	Map<String, String> configuration() {
		return this.configuration;
	}

	void expand(int partitions) {
		IntStream.range(this.logs.size(), partitions)
			.forEach((partition) -> this.logs.add(new PartitionLog(new TopicPartition(this.name, partition))));
	}

	boolean hasAppendTime() {
		return "LogAppendTime".equals(this.configuration.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
	}

	int maxMessageBytes() {
		return Integer.parseInt(this.configuration.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588"));
	}

	List<PartitionInfo> describe(Node node) {
		Node[] nodes = { node };
		return IntStream.range(0, this.logs.size())
			.mapToObj((partition) -> new PartitionInfo(this.name, partition, node, nodes, nodes))
			.toList();
	}

}
