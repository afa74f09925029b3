package dev.millrace.benchmarks.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Consumer that has as many records as it is told to, without a broker. Each poll has
 * records of one partition, as many as a poll has by default.
 */
final class EndlessConsumer extends MockConsumer<byte[], byte[]> {

	/** How many records a poll has. */
	static final int POLL = 500;

	static final String TOPIC = "orders";

	private static final byte[] BODY = new byte[200];

	private static final int KEYS = 2000;

	private static final List<TopicPartition> PARTITIONS = IntStream.range(0, 6)
		.mapToObj((partition) -> new TopicPartition(TOPIC, partition))
		.toList();

	private static final List<byte[]> CUSTOMERS = IntStream.range(0, KEYS)
		.mapToObj((customer) -> "customer-%04d".formatted(customer).getBytes(StandardCharsets.UTF_8))
		.toList();

	private final Object monitor = new Object();

	private final long[] offsets = new long[PARTITIONS.size()];

	private int turn;

	private int available;

	private boolean woken;

	EndlessConsumer() {
		super("earliest");
		updateBeginningOffsets(PARTITIONS.stream().collect(Collectors.toMap(Function.identity(), (partition) -> 0L)));
	}

	/**
	 * Let the next polls have records. Call from any thread.
	 * @param polls how many polls
	 */
	void release(int polls) {
		synchronized (this.monitor) {
			this.available += polls;
			this.monitor.notifyAll();
		}
	}

	@Override
	public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
		super.subscribe(topics, listener);
		schedulePollTask(() -> rebalance(PARTITIONS));
	}

	@Override
	public void subscribe(Collection<String> topics) {
		super.subscribe(topics);
		schedulePollTask(() -> rebalance(PARTITIONS));
	}

	@Override
	public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
		if (!assignment().isEmpty()) {
			Set<TopicPartition> paused = paused();
			if (awaitRecords(timeout, paused.size() < PARTITIONS.size())) {
				return next(paused);
			}
		}
		return super.poll(Duration.ZERO);
	}

	@Override
	public void wakeup() {
		super.wakeup();
		synchronized (this.monitor) {
			this.woken = true;
			this.monitor.notifyAll();
		}
	}

	private boolean awaitRecords(Duration timeout, boolean wanted) {
		long deadline = System.nanoTime() + timeout.toNanos();
		synchronized (this.monitor) {
			try {
				long left = deadline - System.nanoTime();
				while (!this.woken && left > 0 && !(wanted && this.available > 0)) {
					TimeUnit.NANOSECONDS.timedWait(this.monitor, left);
					left = deadline - System.nanoTime();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			boolean ready = wanted && !this.woken && this.available > 0;
			this.woken = false;
			this.available -= ready ? 1 : 0;
			return ready;
		}
	}

	// Not through the mock's own books, which cost more than all that is measured.
	private ConsumerRecords<byte[], byte[]> next(Set<TopicPartition> paused) {
		do {
			this.turn = (this.turn + 1) % PARTITIONS.size();
		}
		while (paused.contains(PARTITIONS.get(this.turn)));
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(POLL);
		for (int i = 0; i < POLL; i++) {
			long offset = this.offsets[this.turn]++;
			records
				.add(new ConsumerRecord<>(TOPIC, this.turn, offset, CUSTOMERS.get((int) (offset * 7919 % KEYS)), BODY));
		}
		TopicPartition partition = PARTITIONS.get(this.turn);
		return new ConsumerRecords<>(Map.of(partition, records),
				Map.of(partition, new OffsetAndMetadata(this.offsets[this.turn])));
	}

}
