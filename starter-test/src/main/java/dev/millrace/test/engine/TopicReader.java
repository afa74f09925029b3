package dev.millrace.test.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.StreamRecord;
import dev.millrace.handler.Deliveries;

/**
 * Reads what is in topics.
 */
public final class TopicReader {

	private static final Duration POLL = Duration.ofMillis(50);

	private final Supplier<Consumer<byte[], byte[]>> consumers;

	private final TopicOffsets offsets;

	private final Supplier<Deliveries> deliveries;

	/**
	 * Create a reader.
	 * @param consumers makes consumers that read committed bytes and are in no group
	 * @param offsets where topics end
	 * @param deliveries make records of what was read
	 */
	public TopicReader(Supplier<Consumer<byte[], byte[]>> consumers, TopicOffsets offsets,
			Supplier<Deliveries> deliveries) {
		this.consumers = consumers;
		this.offsets = offsets;
		this.deliveries = deliveries;
	}

	List<StreamRecord> read(String topic, Map<TopicPartition, Long> begin) {
		Map<TopicPartition, Long> ends = new HashMap<>(this.offsets.committedEnds(topic));
		ends.entrySet().removeIf((end) -> end.getValue() <= begin.getOrDefault(end.getKey(), 0L));
		if (ends.isEmpty()) {
			return List.of();
		}
		List<StreamRecord> records = new ArrayList<>();
		try (Consumer<byte[], byte[]> consumer = this.consumers.get()) {
			consumer.assign(ends.keySet());
			ends.keySet().forEach((partition) -> consumer.seek(partition, begin.getOrDefault(partition, 0L)));
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(POLL).forEach((record) -> records.add(this.deliveries.get().of(record, 1)));
			}
		}
		return records;
	}

}
