package dev.millrace.listener;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.OrderedRetries;
import dev.millrace.failure.ParkedKeys;
import dev.millrace.failure.ParkedPartitions;

/**
 * What happens to each record of a subscriber that keeps its order with a retry topic:
 * while an earlier one of its key waits there, it has to wait behind that, otherwise it
 * is handled.
 */
public final class ParkingHandler implements RecordHandler {

	private final RecordHandler processor;

	private final OrderedRetries retries;

	private final ParkedPartitions parked;

	/**
	 * Create the handler of a subscriber.
	 * @param processor handles the records
	 * @param retries lets them wait
	 * @param parked knows the keys of those that wait
	 */
	public ParkingHandler(RecordHandler processor, OrderedRetries retries, ParkedPartitions parked) {
		this.processor = processor;
		this.retries = retries;
		this.parked = parked;
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		ConsumerRecord<byte[], byte[]> polled = record.record();
		TopicPartition partition = new TopicPartition(polled.topic(), polled.partition());
		Object key = this.parked.key(partition, polled);
		return (key != null) ? handle(record, this.parked.of(partition), key) : this.processor.handle(record);
	}

	private @Nullable CompletionStage<?> handle(InFlightRecord record, ParkedKeys keys, Object key) {
		CompletionStage<?> written = keys.untilWritten(key);
		if (written != null) {
			return written.thenRun(() -> record.postpone(Duration.ZERO, this));
		}
		if (!keys.enter(key)) {
			this.retries.park(record);
			return null;
		}
		CompletionStage<?> hold = null;
		try {
			hold = this.processor.handle(record);
			return (hold != null) ? hold.whenComplete((result, failure) -> keys.leave(key)) : null;
		}
		finally {
			if (hold == null) {
				keys.leave(key);
			}
		}
	}

}
