package dev.millrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.millrace.benchmarks.workload.Workload;

/**
 * Orders that arrive on schedule, whatever becomes of those before, and the invoices that
 * come back. Times count from when an order should have been sent, so that one that waits
 * for its turn counts as late.
 */
final class OpenLoop implements AutoCloseable {

	private static final String ID = "\"orderId\":";

	private static final Duration POLL = Duration.ofMillis(100);

	private final KafkaProducer<byte[], byte[]> producer;

	private final String bootstrapServers;

	private final Workload workload;

	private final String output;

	private final Schedule schedule;

	private final AtomicLongArray arrivals;

	private final CompletableFuture<Void> reader;

	private volatile long start;

	private volatile int missing;

	private volatile int duplicates;

	private volatile boolean stopped;

	/**
	 * Begin to wait for invoices.
	 * @param bootstrapServers the broker
	 * @param workload the orders
	 * @param output the topic of the invoices, with as many partitions
	 * @param schedule when the orders are sent
	 */
	OpenLoop(String bootstrapServers, Workload workload, String output, Schedule schedule) {
		this.bootstrapServers = bootstrapServers;
		this.workload = workload;
		this.output = output;
		this.schedule = schedule;
		this.arrivals = new AtomicLongArray(workload.records());
		this.missing = workload.records();
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
				new ByteArraySerializer(), new ByteArraySerializer());
		this.reader = CompletableFuture.runAsync(this::read, (task) -> new Thread(task, "invoices").start());
	}

	/**
	 * Send all orders. The first one is sent alone, to wait for an application that is
	 * still about to start.
	 */
	void send() {
		Orders orders = new Orders(this.workload);
		send(orders.message(0));
		await(() -> this.missing < this.workload.records(), Duration.ofMinutes(1));
		this.start = System.nanoTime();
		for (int id = 1; id < this.workload.records(); id++) {
			Topics.Message message = orders.message(id);
			for (long early = due(id) - System.nanoTime(); early > 0; early = due(id) - System.nanoTime()) {
				LockSupport.parkNanos(early);
			}
			send(message);
		}
	}

	/**
	 * Wait for an invoice.
	 * @param id the number of its order
	 */
	void awaitArrival(int id) {
		await(() -> arrival(id) != 0, Duration.ofMinutes(2));
	}

	/**
	 * Wait for invoices that have not come yet.
	 * @param timeout how long
	 * @return how many have not come then
	 */
	int awaitMissing(Duration timeout) {
		await(() -> this.missing == 0, timeout);
		return this.missing;
	}

	int duplicates() {
		return this.duplicates;
	}

	/**
	 * Return when an order should have been sent.
	 * @param id the number of the order, at least 1
	 * @return the time, as by {@link System#nanoTime()}
	 */
	long due(int id) {
		return this.start + this.schedule.due(id);
	}

	/**
	 * Return when the invoice of an order has come.
	 * @param id the number of the order
	 * @return the time, as by {@link System#nanoTime()}, 0 if it has not come
	 */
	long arrival(int id) {
		return this.arrivals.get(id);
	}

	@Override
	public void close() {
		this.stopped = true;
		this.reader.join();
		this.producer.close();
	}

	private void send(Topics.Message message) {
		this.producer.send(new ProducerRecord<>(this.workload.topic(), message.key(), message.value()));
	}

	private void await(BooleanSupplier condition, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < deadline && !this.reader.isDone()) {
			LockSupport.parkNanos(POLL.toNanos());
		}
	}

	private void read() {
		List<TopicPartition> partitions = IntStream.range(0, this.workload.partitions())
			.mapToObj((partition) -> new TopicPartition(this.output, partition))
			.toList();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", this.bootstrapServers), new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			while (!this.stopped) {
				for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
					arrived(orderId(new String(record.value(), StandardCharsets.UTF_8)));
				}
			}
		}
	}

	private void arrived(int id) {
		if (this.arrivals.compareAndSet(id, 0, System.nanoTime())) {
			this.missing--;
		}
		else {
			this.duplicates++;
		}
	}

	private static int orderId(String invoice) {
		int begin = invoice.indexOf(ID) + ID.length();
		int end = begin;
		while (Character.isDigit(invoice.charAt(end))) {
			end++;
		}
		return Integer.parseInt(invoice, begin, end, 10);
	}

}
