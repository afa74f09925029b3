package dev.millrace.listener;

import java.util.HashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.monitor.SubscriberMonitor;

/**
 * Commits offsets of one consumer. Only the consumer's thread calls.
 */
final class OffsetCommitter {

	private static final Log logger = LogFactory.getLog(OffsetCommitter.class);

	private final SubscriberEndpoint endpoint;

	private final Consumer<?, ?> consumer;

	private final SubscriberMonitor monitor;

	OffsetCommitter(SubscriberEndpoint endpoint, Consumer<?, ?> consumer, SubscriberMonitor monitor) {
		this.endpoint = endpoint;
		this.consumer = consumer;
		this.monitor = monitor;
	}

	/**
	 * Commit without waiting.
	 * @param positions the offsets
	 * @param succeeded called when the broker has acknowledged them
	 * @param failed called when it has not
	 */
	void commitAsync(Map<TopicPartition, Long> positions, Runnable succeeded, Runnable failed) {
		long begin = System.nanoTime();
		try {
			this.consumer.commitAsync(offsets(positions), (committed, failure) -> {
				if (failure == null) {
					this.monitor.committed(System.nanoTime() - begin);
					succeeded.run();
					return;
				}
				this.monitor.commitFailed();
				log(positions, failure);
				failed.run();
			});
		}
		catch (RuntimeException ex) {
			// Nobody will call back.
			failed.run();
			throw ex;
		}
	}

	// A rebalance is no trouble: what is left is committed in the revocation.
	private void log(Map<TopicPartition, Long> positions, Exception failure) {
		String message = "%s could not commit %s; it is tried again".formatted(this.endpoint.describe(), positions);
		if (failure instanceof RebalanceInProgressException
				|| failure.getCause() instanceof RebalanceInProgressException) {
			logger.debug(message, failure);
		}
		else {
			logger.warn(message, failure);
		}
	}

	/**
	 * Commit and wait for the broker.
	 * @param positions the offsets
	 * @return whether it has acknowledged them
	 */
	boolean commitSync(Map<TopicPartition, Long> positions) {
		Map<TopicPartition, OffsetAndMetadata> offsets = offsets(positions);
		long begin = System.nanoTime();
		while (true) {
			try {
				this.consumer.commitSync(offsets);
				this.monitor.committed(System.nanoTime() - begin);
				return true;
			}
			catch (WakeupException ex) {
				// Was meant for the poll. Partitions that stay may ask for another.
				logger.trace("Woken while committing", ex);
			}
			catch (KafkaException ex) {
				this.monitor.commitFailed();
				logger.warn("%s could not commit %s".formatted(this.endpoint.describe(), positions), ex);
				return false;
			}
		}
	}

	private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, Long> positions) {
		Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
		positions.forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
		return offsets;
	}

}
