package dev.millrace.deadletter;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics once, from one end to the other, one partition after the other.
 */
public final class RecordScan {

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Comparator<TopicPartition> ORDER = Comparator.comparing(TopicPartition::topic)
		.thenComparingInt(TopicPartition::partition);

	private final Supplier<Consumer<byte[], byte[]>> consumers;

	/**
	 * Create a scan.
	 * @param consumers makes consumers that see nothing of transactions that are not
	 * committed
	 */
	public RecordScan(Supplier<Consumer<byte[], byte[]>> consumers) {
		this.consumers = consumers;
	}

	/**
	 * Return the topics that there are.
	 * @return their names
	 */
	Set<String> topics() {
		try (Consumer<byte[], byte[]> consumer = this.consumers.get()) {
			return Set.copyOf(consumer.listTopics().keySet());
		}
	}

	/**
	 * Read topics up to where they end now.
	 * @param topics the topics, which exist
	 * @param from where to begin, or {@code null} for the beginning
	 * @param visitor gets each record; {@code false} ends the scan
	 */
	void scan(Collection<String> topics, @Nullable RecordPosition from,
			Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
		try (Consumer<byte[], byte[]> consumer = this.consumers.get()) {
			List<TopicPartition> partitions = topics.stream()
				.flatMap((topic) -> consumer.partitionsFor(topic).stream())
				.map((info) -> new TopicPartition(info.topic(), info.partition()))
				.sorted(ORDER)
				.toList();
			Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			for (TopicPartition partition : partitions) {
				long begin = Math.max(begins.getOrDefault(partition, 0L), begin(partition, from));
				long end = ends.getOrDefault(partition, 0L);
				if (begin < end && !scan(consumer, partition, begin, end, visitor)) {
					return;
				}
			}
		}
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

	private static boolean scan(Consumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end,
			Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
		consumer.assign(List.of(partition));
		consumer.seek(partition, begin);
		// The position also moves over what is not handed out, such as markers.
		while (consumer.position(partition) < end) {
			for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
				if (record.offset() >= end) {
					return true;
				}
				if (!visitor.test(record)) {
					return false;
				}
			}
		}
		return true;
	}

}
