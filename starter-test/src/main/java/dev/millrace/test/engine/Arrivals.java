package dev.millrace.test.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.WindowView;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.SubscriberRuntime;

/**
 * Knows whether what is in topics has arrived at those who read it.
 */
public final class Arrivals {

	private final TopicOffsets offsets;

	private final ConsumerPositions positions;

	/**
	 * Create what knows.
	 * @param offsets where topics end and what is committed
	 * @param positions how far consumers have come
	 */
	public Arrivals(TopicOffsets offsets, ConsumerPositions positions) {
		this.offsets = offsets;
		this.positions = positions;
	}

	/**
	 * Return whether everything has arrived that may be read: without transactions that
	 * are open.
	 * @param subscribers those who read
	 * @param begin where topics ended when the test began: what is before does not count
	 * @return whether nothing is on its way
	 */
	public boolean areComplete(Collection<SubscriberRuntime> subscribers, Map<TopicPartition, Long> begin) {
		Map<TopicPartition, Long> ends = newEnds(begin);
		// What has arrived meanwhile may have had consequences.
		return subscribers.stream().allMatch((subscriber) -> hasAll(subscriber, ends)) && ends.equals(newEnds(begin));
	}

	private Map<TopicPartition, Long> newEnds(Map<TopicPartition, Long> begin) {
		Map<TopicPartition, Long> ends = this.offsets.committedEnds();
		ends.entrySet().removeIf((end) -> end.getValue() <= begin.getOrDefault(end.getKey(), 0L));
		return ends;
	}

	private boolean hasAll(SubscriberRuntime subscriber, Map<TopicPartition, Long> ends) {
		return ends.entrySet()
			.stream()
			.allMatch((end) -> subscriber.parts()
				.stream()
				.filter((part) -> part.reads(end.getKey()))
				.allMatch((part) -> has(subscriber, part, end.getKey(), end.getValue())));
	}

	// A consumer polls again when its transaction has ended: nothing can come while some
	// of it is unfinished. Of what it does not poll itself, such as retries in order, it
	// is known what is in flight. A partition that was assigned a moment ago has no
	// position yet, but perhaps there is nothing left to read.
	private boolean has(SubscriberRuntime subscriber, SubscriberEndpoint part, TopicPartition partition, long end) {
		String groupId = part.consumer().groupId();
		List<WindowView> windows = subscriber.windows();
		return this.positions.hasReached(groupId, partition, end)
				|| (subscriber.endpoint().delivery().exactlyOnce() && subscriber.lanes().size() > 0)
				|| windows.stream()
					.filter((window) -> window.partition().equals(partition))
					.anyMatch((window) -> window.paused() || window.fetchedTo() >= end)
				|| this.offsets.committed(groupId).getOrDefault(partition, 0L) >= end;
	}

}
