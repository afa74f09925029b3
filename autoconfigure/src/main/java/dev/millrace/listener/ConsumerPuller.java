package dev.millrace.listener;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.RecordPuller;
import dev.millrace.StreamRecord;
import dev.millrace.handler.Deliveries;

/**
 * Puller with a consumer of its own.
 */
public final class ConsumerPuller implements RecordPuller {

	/**
	 * As long as nothing has come, the iterator waits so long at a time.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final Map<TopicPartition, OffsetAndMetadata> returned = new HashMap<>();

	private final Consumer<byte[], byte[]> consumer;

	private final Deliveries deliveries;

	private final boolean inGroup;

	private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();

	/**
	 * Create a puller.
	 * @param consumer the consumer, subscribed or with partitions assigned; closed with
	 * this
	 * @param deliveries make records of what was polled
	 * @param inGroup whether the consumer is in a group
	 */
	public ConsumerPuller(Consumer<byte[], byte[]> consumer, Deliveries deliveries, boolean inGroup) {
		this.consumer = consumer;
		this.deliveries = deliveries;
		this.inGroup = inGroup;
	}

	@Override
	public Optional<StreamRecord> next(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!this.polled.hasNext()) {
			long left = deadline - System.nanoTime();
			// A poll may end early, with a rebalance and without records.
			this.polled = this.consumer.poll(Duration.ofNanos(Math.max(0, left))).iterator();
			if (left <= 0 && !this.polled.hasNext()) {
				return Optional.empty();
			}
		}
		ConsumerRecord<byte[], byte[]> record = this.polled.next();
		this.returned.put(new TopicPartition(record.topic(), record.partition()),
				new OffsetAndMetadata(record.offset() + 1));
		return Optional.of(this.deliveries.of(record, 1));
	}

	@Override
	public Iterator<StreamRecord> iterator() {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return true;
			}

			@Override
			public StreamRecord next() {
				Optional<StreamRecord> record = Optional.empty();
				while (record.isEmpty()) {
					record = ConsumerPuller.this.next(PATIENCE);
				}
				return record.get();
			}

		};
	}

	@Override
	public void commit() {
		if (!this.inGroup) {
			throw new IllegalStateException("Without a group there is nothing to commit to: set groupId(...)");
		}
		this.consumer.commitSync(Map.copyOf(this.returned));
		this.returned.clear();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
