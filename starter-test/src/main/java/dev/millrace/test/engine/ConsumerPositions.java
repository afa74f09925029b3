package dev.millrace.test.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How far the consumers of an application have come. What a consumer has polled counts
 * when it polls again, because only then it is in flight. Safe for use by several
 * threads.
 */
public final class ConsumerPositions {

	private final Map<Consumer<?, ?>, Reading> readings = new ConcurrentHashMap<>();

	/**
	 * Take note of where a consumer is that is about to poll. One that is in no group is
	 * there for nobody.
	 * @param consumer the consumer, for whose thread this is
	 */
	public void polling(Consumer<?, ?> consumer) {
		String groupId;
		try {
			groupId = consumer.groupMetadata().groupId();
		}
		catch (InvalidGroupIdException ex) {
			return;
		}
		Map<TopicPartition, Long> positions = new HashMap<>();
		Set<TopicPartition> paused = consumer.paused();
		for (TopicPartition partition : consumer.assignment()) {
			// What is paused gets nothing, however long one waits.
			positions.put(partition, paused.contains(partition) ? Long.MAX_VALUE : position(consumer, partition));
		}
		this.readings.put(consumer, new Reading(groupId, positions, false));
	}

	/**
	 * Take note of a consumer that has polled something.
	 * @param consumer the consumer, for whose thread this is
	 */
	public void polled(Consumer<?, ?> consumer) {
		this.readings.computeIfPresent(consumer,
				(same, reading) -> new Reading(reading.groupId, reading.positions, true));
	}

	/**
	 * Forget a consumer.
	 * @param consumer the consumer, which does not poll any more
	 */
	public void closed(Consumer<?, ?> consumer) {
		this.readings.remove(consumer);
	}

	/**
	 * Return whether a consumer of a group has polled something, and does not poll again
	 * yet.
	 * @param groupId the group
	 * @return whether that is so
	 */
	public boolean areHandingOver(String groupId) {
		return this.readings.values()
			.stream()
			.anyMatch((reading) -> reading.handingOver && reading.groupId.equals(groupId));
	}

	boolean hasReached(String groupId, TopicPartition partition, long offset) {
		return this.readings.values()
			.stream()
			.anyMatch((reading) -> reading.groupId.equals(groupId)
					&& reading.positions.getOrDefault(partition, -1L) >= offset);
	}

	private static long position(Consumer<?, ?> consumer, TopicPartition partition) {
		try {
			return consumer.position(partition, Duration.ZERO);
		}
		catch (TimeoutException | IllegalStateException ex) {
			// Not known without asking the broker, which the poll does; or revoked a
			// moment ago, in the background.
			return -1;
		}
	}

	/**
	 * Where a consumer is.
	 *
	 * @param groupId its group
	 * @param positions the offsets of the next records
	 * @param handingOver whether it has polled something since
	 */
	private record Reading(String groupId, Map<TopicPartition, Long> positions, boolean handingOver) {

	}

}
