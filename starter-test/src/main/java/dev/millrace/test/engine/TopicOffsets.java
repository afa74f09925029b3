package dev.millrace.test.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets, as the broker knows them.
 */
public final class TopicOffsets {

	private final Admin admin;

	/**
	 * Create what asks a broker.
	 * @param admin the client
	 */
	public TopicOffsets(Admin admin) {
		this.admin = admin;
	}

	/**
	 * Return where topics end.
	 * @return the offset of the next record, by partition, of all topics that are not the
	 * broker's own
	 */
	public Map<TopicPartition, Long> ends() {
		return ends(get(this.admin.listTopics().names()), IsolationLevel.READ_UNCOMMITTED);
	}

	/**
	 * Return where topics end, as far as they may be read: without transactions that are
	 * open.
	 * @return the offset of the next record, by partition, of all topics that are not the
	 * broker's own
	 */
	public Map<TopicPartition, Long> committedEnds() {
		return ends(get(this.admin.listTopics().names()), IsolationLevel.READ_COMMITTED);
	}

	/**
	 * Return where a topic ends, as far as it may be read: without transactions that are
	 * open.
	 * @param topic the topic
	 * @return the offset of the next record, by partition, none when there is no topic
	 */
	public Map<TopicPartition, Long> committedEnds(String topic) {
		return get(this.admin.listTopics().names()).contains(topic) ? ends(Set.of(topic), IsolationLevel.READ_COMMITTED)
				: Map.of();
	}

	private Map<TopicPartition, Long> ends(Set<String> topics, IsolationLevel isolation) {
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		get(this.admin.describeTopics(topics).allTopicNames()).forEach((topic, description) -> description.partitions()
			.forEach((partition) -> latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
		ListOffsetsResult result = this.admin.listOffsets(latest, new ListOffsetsOptions(isolation));
		Map<TopicPartition, Long> ends = new HashMap<>();
		latest.keySet().forEach((partition) -> ends.put(partition, get(result.partitionResult(partition)).offset()));
		return ends;
	}

	/**
	 * Return what a group has committed.
	 * @param groupId the group
	 * @return the offsets, by partition
	 */
	public Map<TopicPartition, Long> committed(String groupId) {
		ListConsumerGroupOffsetsResult result = this.admin.listConsumerGroupOffsets(groupId);
		Map<TopicPartition, Long> committed = new HashMap<>();
		for (Map.Entry<TopicPartition, OffsetAndMetadata> offset : get(result.partitionsToOffsetAndMetadata())
			.entrySet()) {
			if (offset.getValue() != null) {
				committed.put(offset.getKey(), offset.getValue().offset());
			}
		}
		return committed;
	}

	/**
	 * Commit in the place of a group of which nobody is there.
	 * @param groupId the group
	 * @param offsets the offsets, by partition
	 */
	public void commit(String groupId, Map<TopicPartition, Long> offsets) {
		Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
		offsets.forEach((partition, offset) -> positions.put(partition, new OffsetAndMetadata(offset)));
		get(this.admin.alterConsumerGroupOffsets(groupId, positions).all());
	}

	private static <T> T get(KafkaFuture<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the broker", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The broker can't be asked", ex.getCause());
		}
	}

}
