package dev.millrace.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Finds out how far groups are behind, whether they have members or not: with one request
 * for the committed offsets of all groups and one for the ends of all partitions.
 */
final class GroupLagReader {

	private final Admin admin;

	private final Duration timeout;

	GroupLagReader(Admin admin, Duration timeout) {
		this.admin = admin;
		this.timeout = timeout;
	}

	/**
	 * Find out how far subscribers are behind.
	 * @param subscribers the subscribers, by the ids that they are known by; several may
	 * share a group
	 * @return the lag of each partition that a subscriber reads and of which its group
	 * has committed an offset
	 * @throws ExecutionException when the broker refuses
	 * @throws TimeoutException when it does not answer
	 * @throws InterruptedException when the thread is interrupted
	 */
	List<GroupLag> read(Map<String, ? extends Collection<SubscriberEndpoint>> subscribers)
			throws ExecutionException, TimeoutException, InterruptedException {
		Set<String> groups = subscribers.values()
			.stream()
			.flatMap(Collection::stream)
			.map((endpoint) -> endpoint.consumer().groupId())
			.collect(Collectors.toSet());
		Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(groups);
		List<Position> positions = new ArrayList<>();
		subscribers.forEach((id, parts) -> parts.forEach(
				(part) -> committed.getOrDefault(part.consumer().groupId(), Map.of()).forEach((partition, offset) -> {
					if (offset != null && part.reads(partition)) {
						positions.add(new Position(id, part.consumer().groupId(), partition, offset.offset()));
					}
				})));
		Map<TopicPartition, Long> ends = ends(positions.stream().map(Position::partition).collect(Collectors.toSet()));
		List<GroupLag> lags = new ArrayList<>();
		for (Position position : positions) {
			Long end = ends.get(position.partition());
			if (end != null) {
				lags.add(position.lag(end));
			}
		}
		return lags;
	}

	private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(Set<String> groups)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
		if (groups.isEmpty()) {
			return committed;
		}
		Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
		groups.forEach((group) -> all.put(group, new ListConsumerGroupOffsetsSpec()));
		ListConsumerGroupOffsetsResult result = this.admin.listConsumerGroupOffsets(all,
				new ListConsumerGroupOffsetsOptions().timeoutMs(timeoutMs()));
		for (String group : groups) {
			committed.put(group, get(result.partitionsToOffsetAndMetadata(group)));
		}
		return committed;
	}

	private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<TopicPartition, Long> ends = new HashMap<>();
		if (partitions.isEmpty()) {
			return ends;
		}
		ListOffsetsResult result = this.admin.listOffsets(
				partitions.stream().collect(Collectors.toMap((partition) -> partition, (any) -> OffsetSpec.latest())),
				new ListOffsetsOptions().timeoutMs(timeoutMs()));
		for (TopicPartition partition : partitions) {
			try {
				ends.put(partition, get(result.partitionResult(partition)).offset());
			}
			catch (ExecutionException ex) {
				// Its topic was deleted; what was committed of it is forgotten later.
				if (!(ex.getCause() instanceof UnknownTopicOrPartitionException)) {
					throw ex;
				}
			}
		}
		return ends;
	}

	private <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
		return future.get(this.timeout.toMillis() + 100, TimeUnit.MILLISECONDS);
	}

	private int timeoutMs() {
		return Math.toIntExact(this.timeout.toMillis());
	}

	/**
	 * What a group has committed.
	 *
	 * @param subscriber the subscriber
	 * @param group the group
	 * @param partition the partition
	 * @param offset the offset
	 */
	private record Position(String subscriber, String group, TopicPartition partition, long offset) {

		GroupLag lag(long end) {
			return new GroupLag(this.subscriber, this.group, this.partition, this.offset, end);
		}

	}

}
