package dev.millrace.failure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.StreamException;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.publisher.ForwardObserver;
import dev.millrace.publisher.RecordSender;

/**
 * Lets records wait in a topic, and later ones of their keys behind them. Each goes into
 * the partition of the retry topic that has the number of its own.
 */
public final class OrderedRetries implements RetryStrategy {

	private static final StreamException BEHIND = new StreamException("An earlier record of its key waits", null);

	private final TopicRetry retry;

	/**
	 * Create the strategy of a subscriber.
	 * @param endpoint the subscriber
	 * @param sender sends records
	 * @param threads threads that may wait for the sender
	 * @param observer watches over what is written
	 * @param parked takes note of the keys
	 * @param clock the time from which delays count
	 */
	public OrderedRetries(SubscriberEndpoint endpoint, RecordSender sender, Executor threads, ForwardObserver observer,
			ParkedPartitions parked, InstantSource clock) {
		this.retry = new TopicRetry(endpoint, new RecordForwarder(new EveryPartition(), sender, threads, observer),
				clock, (original) -> note(parked, original));
	}

	@Override
	public void retry(InFlightRecord record, Duration delay, Throwable cause, RecordHandler next) {
		this.retry.retry(record, delay, cause, next);
	}

	/**
	 * Have a record wait behind an earlier one of its key. It is finished when the broker
	 * has confirmed that.
	 * @param record the record, which was not tried
	 */
	public void park(InFlightRecord record) {
		this.retry.park(record, BEHIND);
	}

	private static TopicWrites.Write note(ParkedPartitions parked, ConsumerRecord<byte[], byte[]> original) {
		TopicPartition partition = new TopicPartition(original.topic(), original.partition());
		Object key = parked.key(partition, original);
		if (key == null) {
			return (confirmed) -> {
			};
		}
		// Of this assignment, also when the next one has begun before the write ends.
		ParkedKeys keys = parked.of(partition);
		keys.writing(key, original.offset());
		return (confirmed) -> keys.written(key, confirmed);
	}

	/**
	 * A partition is not read before its counterpart in the retry topic was found.
	 */
	private static final class EveryPartition implements DerivedTopics {

		@Override
		public CompletionStage<Integer> partitions(DerivedTopic topic) {
			return CompletableFuture.completedFuture(Integer.MAX_VALUE);
		}

		@Override
		public void forget(String topic) {
			// Nothing is known.
		}

	}

}
