package dev.millrace.failure;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.LaneSelector;

/**
 * The parked keys of a subscriber, by the partitions that it owns. Safe for use by
 * several threads.
 */
public final class ParkedPartitions {

	private final ConcurrentMap<TopicPartition, ParkedKeys> partitions = new ConcurrentHashMap<>();

	private final EnteredKeys entered = new EnteredKeys();

	private final LaneSelector selector;

	/**
	 * Create the books of a subscriber that owns no partition yet.
	 * @param selector tells what has an order
	 */
	public ParkedPartitions(LaneSelector selector) {
		this.selector = selector;
	}

	/**
	 * Begin an assignment. Handlers that have outlived the one before still count.
	 * @param partition the partition
	 * @return its keys, of which none is parked
	 */
	public ParkedKeys begin(TopicPartition partition) {
		ParkedKeys keys = new ParkedKeys(this.entered);
		this.partitions.put(partition, keys);
		return keys;
	}

	/**
	 * End an assignment. What is still going on changes nothing any more; neither does
	 * the end when another consumer has begun with the partition meanwhile.
	 * @param partition the partition
	 * @param keys its keys
	 */
	public void end(TopicPartition partition, ParkedKeys keys) {
		this.partitions.remove(partition, keys);
	}

	/**
	 * Return the parked keys of a partition.
	 * @param partition the partition
	 * @return its keys; none is parked when the partition is not owned
	 */
	public ParkedKeys of(TopicPartition partition) {
		ParkedKeys keys = this.partitions.get(partition);
		return (keys != null) ? keys : new ParkedKeys(this.entered);
	}

	/**
	 * Return what the order of a record is about.
	 * @param partition the partition that the record is, or was at first, polled from
	 * @param record the record
	 * @return the key, or {@code null} when the record has no order with others
	 */
	public @Nullable Object key(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
		Object lane = this.selector.laneKey(partition, record);
		return (lane != record) ? lane : null;
	}

}
