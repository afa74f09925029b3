package dev.millrace.benchmarks.application;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The loop that somebody who knows Kafka would write by hand: it sends without waiting,
 * goes on polling, and commits what the broker has confirmed. It does nothing about
 * failures and rebalances.
 */
public final class PipelinedLoop {

	private static final int MAX_IN_FLIGHT = 20;

	private static final long COMMIT_INTERVAL = Duration.ofMillis(200).toNanos();

	private final Deque<Batch> inFlight = new ArrayDeque<>();

	private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

	private final Consumer<byte[], byte[]> consumer;

	private final Producer<byte[], byte[]> producer;

	private final Function<ConsumerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> handler;

	private long lastCommit = System.nanoTime();

	private volatile boolean stopped;

	/**
	 * Creates a loop.
	 * @param consumer reads
	 * @param producer writes
	 * @param handler makes the record that is written from the one that was read
	 */
	public PipelinedLoop(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer,
			Function<ConsumerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> handler) {
		this.consumer = consumer;
		this.producer = producer;
		this.handler = handler;
	}

	/**
	 * Run until it is stopped.
	 * @param input the topic that it reads from
	 */
	public void run(String input) {
		this.consumer.subscribe(List.of(input));
		while (!this.stopped) {
			ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ofMillis(100));
			if (!records.isEmpty()) {
				this.inFlight.add(handle(records));
			}
			confirm();
			commit();
		}
	}

	/**
	 * Let it end. Call from any thread.
	 */
	public void stop() {
		this.stopped = true;
	}

	private Batch handle(ConsumerRecords<byte[], byte[]> records) {
		CountDownLatch unconfirmed = new CountDownLatch(records.count());
		for (ConsumerRecord<byte[], byte[]> record : records) {
			this.producer.send(this.handler.apply(record), (metadata, failure) -> unconfirmed.countDown());
		}
		return new Batch(unconfirmed, records.nextOffsets());
	}

	private void confirm() {
		try {
			while (this.inFlight.size() > MAX_IN_FLIGHT) {
				this.inFlight.element().unconfirmed().await();
				this.offsets.putAll(this.inFlight.remove().offsets());
			}
			while (!this.inFlight.isEmpty() && this.inFlight.element().unconfirmed().getCount() == 0) {
				this.offsets.putAll(this.inFlight.remove().offsets());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.stopped = true;
		}
	}

	private void commit() {
		long now = System.nanoTime();
		if (now - this.lastCommit > COMMIT_INTERVAL && !this.offsets.isEmpty()) {
			this.lastCommit = now;
			this.consumer.commitAsync(Map.copyOf(this.offsets), null);
			this.offsets.clear();
		}
	}

	/**
	 * What one poll has returned.
	 *
	 * @param unconfirmed counts what the broker has not confirmed
	 * @param offsets what to commit then
	 */
	private record Batch(CountDownLatch unconfirmed, Map<TopicPartition, OffsetAndMetadata> offsets) {

	}

}
