package dev.millrace.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Has a subscriber handle records that none of its consumers has polled, as records of a
 * retry topic: side by side with the others, with retries and dead letters. They are in
 * lanes of their own, by the partitions that they are in now.
 */
public final class DirectHandling {

	private static final Duration LOOK = Duration.ofMillis(5);

	private final SubscriberRuntime runtime;

	private final RecordHandler handler;

	/**
	 * Create the direct way to a subscriber.
	 * @param runtime the subscriber
	 * @param handler handles records of its retry topic
	 */
	public DirectHandling(SubscriberRuntime runtime, RecordHandler handler) {
		this.runtime = runtime;
		this.handler = handler;
	}

	/**
	 * Handle records, and wait until they are finished.
	 * @param records the records of each partition, in the order of their offsets
	 * @param stopping whether no record is to begin any more; the records that run have
	 * the time of a drain to end
	 * @return the records that are finished
	 */
	public List<ConsumerRecord<byte[], byte[]>> handle(
			Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records, BooleanSupplier stopping) {
		SubscriberEndpoint endpoint = this.runtime.endpoint();
		Lanes lanes = this.runtime.lanes();
		WatchedHandler watched = WatchedHandler.of(this.handler);
		Assignment assignment = new Assignment(lanes, watched, this.runtime::limits, stopping, () -> {
			// Nobody polls.
		});
		records.forEach(assignment::add);
		lanes.flush();
		while (!assignment.oldest().isEmpty() && !stopping.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(LOOK.toNanos());
		}
		Duration drain = assignment.oldest().isEmpty() ? Duration.ZERO : endpoint.flow().drainTimeout();
		assignment.release(records.keySet(), drain);
		return watched.finished();
	}

}
