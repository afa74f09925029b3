package dev.millrace.console.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers where topics end.
 */
final class TopicEnds {

	private final Supplier<Admin> admin;

	private final Duration timeout;

	/**
	 * Create the question.
	 * @param admin has the client that asks
	 * @param timeout how long to wait for an answer
	 */
	TopicEnds(Supplier<Admin> admin, Duration timeout) {
		this.admin = admin;
		this.timeout = timeout;
	}

	/**
	 * Ask where topics end.
	 * @param topics the topics
	 * @return the ends of the partitions of each topic that exists
	 * @throws TimeoutException when the brokers don't answer
	 * @throws InterruptedException when the thread is interrupted
	 */
	Map<String, List<Long>> read(Collection<String> topics) throws TimeoutException, InterruptedException {
		List<TopicPartition> partitions = partitions(topics);
		ListOffsetsResult result = this.admin.get()
			.listOffsets(
					partitions.stream()
						.collect(Collectors.toMap((partition) -> partition, (any) -> OffsetSpec.latest())),
					new ListOffsetsOptions().timeoutMs(timeoutMs()));
		Map<String, List<Long>> ends = new HashMap<>();
		for (TopicPartition partition : partitions) {
			ListOffsetsResult.ListOffsetsResultInfo end = get(result.partitionResult(partition));
			if (end != null) {
				ends.computeIfAbsent(partition.topic(), (topic) -> new ArrayList<>()).add(end.offset());
			}
		}
		return ends;
	}

	private List<TopicPartition> partitions(Collection<String> topics) throws TimeoutException, InterruptedException {
		Map<String, KafkaFuture<TopicDescription>> descriptions = this.admin.get()
			.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(timeoutMs()))
			.topicNameValues();
		List<TopicPartition> partitions = new ArrayList<>();
		for (String topic : topics) {
			TopicDescription description = get(descriptions.get(topic));
			if (description != null) {
				for (TopicPartitionInfo partition : description.partitions()) {
					partitions.add(new TopicPartition(topic, partition.partition()));
				}
			}
		}
		return partitions;
	}

	// Nothing for what does not exist, or may not be looked at.
	private <T> @Nullable T get(@Nullable KafkaFuture<T> future) throws TimeoutException, InterruptedException {
		try {
			return (future != null) ? future.get(this.timeout.toMillis() + 100, TimeUnit.MILLISECONDS) : null;
		}
		catch (ExecutionException ex) {
			return null;
		}
	}

	private int timeoutMs() {
		return Math.toIntExact(this.timeout.toMillis());
	}

}
