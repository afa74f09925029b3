package dev.millrace.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;

/**
 * Reads topics once, from one end to the other, one partition after the other.
 */
public final class RecordScan {

	/**
	 * Nobody cancels the scan.
	 */
	static final BooleanSupplier TO_THE_END = () -> false;

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Comparator<TopicPartition> ORDER = Comparator.comparing(TopicPartition::topic)
		.thenComparingInt(TopicPartition::partition);

	private static final Duration LOOK = Duration.ofMillis(50);

	private final Function<IsolationLevel, Consumer<byte[], byte[]>> consumers;

	private final Duration patience;

	private final Duration transactionTimeout;

	/**
	 * Create a scan.
	 * @param consumers makes consumers
	 * @param patience how long to go on without getting any further
	 * @param transactionTimeout for how long a transaction may be open whose producer
	 * does not end it
	 */
	public RecordScan(Function<IsolationLevel, Consumer<byte[], byte[]>> consumers, Duration patience,
			Duration transactionTimeout) {
		this.consumers = consumers;
		this.patience = patience;
		this.transactionTimeout = transactionTimeout;
	}

	/**
	 * Return the topics that there are.
	 * @return their names
	 */
	Set<String> topics() {
		try (Consumer<byte[], byte[]> consumer = consumer()) {
			return Set.copyOf(consumer.listTopics().keySet());
		}
	}

	/**
	 * Wait for the end of all transactions in which something was written to a topic
	 * until now. Before that, what was committed behind them is not to be seen either.
	 * @param topic the topic, which exists
	 * @param cancelled ends the wait
	 * @throws StreamException when one of them does not end
	 */
	void awaitTransactions(String topic, BooleanSupplier cancelled) {
		Map<TopicPartition, Long> written;
		try (Consumer<byte[], byte[]> consumer = this.consumers.apply(IsolationLevel.READ_UNCOMMITTED)) {
			written = consumer.endOffsets(partitions(consumer, List.of(topic)));
		}
		// The broker looks for those to be aborted only now and then.
		Duration limit = this.transactionTimeout.plus(this.patience);
		long began = System.nanoTime();
		try (Consumer<byte[], byte[]> consumer = consumer()) {
			while (!cancelled.getAsBoolean() && isBehind(consumer.endOffsets(written.keySet()), written)) {
				if (System.nanoTime() - began > limit.toNanos()) {
					throw new StreamException(("A transaction that was open in '%s' has not ended for %d ms, so that"
							+ " it can't be said what is behind it. Look for its producer, or abort it with"
							+ " kafka-transactions.sh, and try again.")
						.formatted(topic, limit.toMillis()));
				}
				LockSupport.parkNanos(LOOK.toNanos());
			}
		}
	}

	private static boolean isBehind(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> written) {
		return written.entrySet().stream().anyMatch((end) -> committed.getOrDefault(end.getKey(), 0L) < end.getValue());
	}

	/**
	 * Read topics up to where they end now, without what is not committed, and what is
	 * behind a transaction that is open.
	 * @param topics the topics, which exist
	 * @param from where to begin, or {@code null} for the beginning
	 * @param cancelled ends the scan, also when no record comes
	 * @param visitor gets each record; {@code false} ends the scan
	 * @throws StreamException when it gets no further
	 */
	void scan(Collection<String> topics, @Nullable RecordPosition from, BooleanSupplier cancelled,
			Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
		try (Consumer<byte[], byte[]> consumer = consumer()) {
			List<TopicPartition> partitions = partitions(consumer, topics);
			Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			for (TopicPartition partition : partitions) {
				long begin = Math.max(begins.getOrDefault(partition, 0L), begin(partition, from));
				long end = ends.getOrDefault(partition, 0L);
				if (begin < end && !scan(consumer, partition, begin, end, cancelled, visitor)) {
					return;
				}
			}
		}
	}

	private Consumer<byte[], byte[]> consumer() {
		return this.consumers.apply(IsolationLevel.READ_COMMITTED);
	}

	private static List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<String> topics) {
		return topics.stream()
			.flatMap((topic) -> consumer.partitionsFor(topic).stream())
			.map((info) -> new TopicPartition(info.topic(), info.partition()))
			.sorted(ORDER)
			.toList();
	}

	private static long begin(TopicPartition partition, @Nullable RecordPosition from) {
		if (from == null) {
			return 0;
		}
		int order = ORDER.compare(partition, new TopicPartition(from.topic(), from.partition()));
		if (order == 0) {
			return from.offset();
		}
		return (order < 0) ? Long.MAX_VALUE : 0;
	}

	private boolean scan(Consumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end,
			BooleanSupplier cancelled, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
		consumer.assign(List.of(partition));
		consumer.seek(partition, begin);
		long position = begin;
		long reached = System.nanoTime();
		while (position < end) {
			if (cancelled.getAsBoolean()) {
				return false;
			}
			for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
				if (record.offset() >= end) {
					return true;
				}
				if (!visitor.test(record)) {
					return false;
				}
			}
			// It also moves over what is not handed out, such as markers.
			long next = position(consumer, partition, position);
			if (next != position) {
				position = next;
				reached = System.nanoTime();
			}
			else if (System.nanoTime() - reached > this.patience.toNanos()) {
				throw new StreamException(("Nothing could be read from %s-%d@%d on for %d ms, although the partition"
						+ " ended at %d. Look whether the brokers answer and the topic is there, and try again;"
						+ " default.api.timeout.ms of the consumers says how long to wait.")
					.formatted(partition.topic(), partition.partition(), position, this.patience.toMillis(), end));
			}
		}
		return true;
	}

	// Without a broker, a new leader for instance may leave it open for a while.
	private static long position(Consumer<byte[], byte[]> consumer, TopicPartition partition, long last) {
		try {
			return consumer.position(partition, POLL);
		}
		catch (TimeoutException ex) {
			return last;
		}
	}

}
