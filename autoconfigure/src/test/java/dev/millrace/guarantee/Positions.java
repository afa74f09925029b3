package dev.millrace.guarantee;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Shows what an application's consumers have fetched and paused; also proves that a
 * user's own interceptor works beside the engine's.
 */
class Positions implements BatchInterceptor<Object, Object> {

	private final Map<TopicPartition, Boolean> paused = new ConcurrentHashMap<>();

	private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

	@Override
	public ConsumerRecords<Object, Object> intercept(ConsumerRecords<Object, Object> records,
			Consumer<Object, Object> consumer) {
		return records;
	}

	@Override
	public void clearThreadState(Consumer<?, ?> consumer) {
		for (TopicPartition partition : consumer.assignment()) {
			this.paused.put(partition, consumer.paused().contains(partition));
			position(consumer, partition);
		}
	}

	private void position(Consumer<?, ?> consumer, TopicPartition partition) {
		try {
			this.positions.put(partition, consumer.position(partition));
		}
		catch (InvalidOffsetException ex) {
			// There is none; what becomes of that is the container's business.
		}
		catch (WakeupException ex) {
			// Came when the poll was over. There will be another look.
		}
	}

	boolean paused(TopicPartition partition) {
		return this.paused.getOrDefault(partition, false);
	}

	long position(TopicPartition partition) {
		return this.positions.getOrDefault(partition, 0L);
	}

}
