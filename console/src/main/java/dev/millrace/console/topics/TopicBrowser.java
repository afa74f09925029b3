package dev.millrace.console.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.config.ScanningConsumers;
import dev.millrace.console.record.RecordView;
import dev.millrace.console.record.RecordViews;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;

/**
 * Looks into the topics of the application, with a consumer that is in no group and is
 * closed when it has seen what it was to see. Safe for use by several threads.
 */
public final class TopicBrowser {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final KnownTopics known;

	private final ScanningConsumers consumers;

	/**
	 * Create the browser.
	 * @param endpoints the subscribers
	 * @param published what is published beside their results
	 * @param consumers makes consumers
	 */
	public TopicBrowser(EndpointRegistry endpoints, PublishedTopics published, ScanningConsumers consumers) {
		this.known = new KnownTopics(endpoints, published);
		this.consumers = consumers;
	}

	/**
	 * List the topics of the application.
	 * @return the topics, by their names
	 */
	List<TopicSummary> topics() {
		return with((consumer) -> {
			Map<String, List<PartitionInfo>> existing = consumer.listTopics(PATIENCE);
			Map<String, Set<TopicUse>> topics = this.known.among(existing.keySet());
			List<TopicPartition> partitions = topics.keySet()
				.stream()
				.filter(existing::containsKey)
				.flatMap((topic) -> partitions(existing.get(topic)).stream())
				.toList();
			Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
			List<TopicSummary> summaries = new ArrayList<>();
			topics.forEach((topic, uses) -> {
				List<PartitionSummary> those = partitions(existing.get(topic)).stream()
					.map((partition) -> new PartitionSummary(partition.partition(), begins.getOrDefault(partition, 0L),
							ends.getOrDefault(partition, 0L)))
					.toList();
				summaries.add(new TopicSummary(topic, List.copyOf(uses), existing.containsKey(topic), those,
						those.stream().mapToLong((partition) -> partition.end() - partition.begin()).sum()));
			});
			return summaries;
		});
	}

	/**
	 * Look for records.
	 * @param query which
	 * @return some of them, and where to go on
	 * @throws IllegalArgumentException when the application does not know the topic, or
	 * the topic has no such partition
	 */
	RecordPage browse(RecordQuery query) {
		return with((consumer) -> {
			List<TopicPartition> partitions = partitions(consumer, query.topic(), query.partition());
			return new RecordSearch(consumer, query, PATIENCE, System::nanoTime).search(partitions);
		});
	}

	/**
	 * Look at one record, all of it.
	 * @param topic the topic
	 * @param partition the partition
	 * @param offset the offset
	 * @return the record, or {@code null} when it is not there any more
	 * @throws IllegalArgumentException when the application does not know the topic, or
	 * the topic has no such partition
	 */
	@Nullable RecordView record(String topic, int partition, long offset) {
		return with((consumer) -> {
			TopicPartition place = partitions(consumer, topic, partition).get(0);
			if (offset < consumer.beginningOffsets(List.of(place), PATIENCE).getOrDefault(place, 0L)
					|| offset >= consumer.endOffsets(List.of(place), PATIENCE).getOrDefault(place, 0L)) {
				return null;
			}
			consumer.assign(List.of(place));
			consumer.seek(place, offset);
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			while (consumer.position(place, PATIENCE) <= offset && System.nanoTime() < deadline) {
				for (ConsumerRecord<byte[], byte[]> record : consumer.poll(RecordSearch.POLL)) {
					return (record.offset() == offset) ? RecordViews.WHOLE.of(record) : null;
				}
			}
			return null;
		});
	}

	private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic,
			@Nullable Integer partition) {
		Map<String, List<PartitionInfo>> existing = consumer.listTopics(PATIENCE);
		if (!existing.containsKey(topic) || !this.known.among(existing.keySet()).containsKey(topic)) {
			throw new IllegalArgumentException("The application has no topic '%s'".formatted(topic));
		}
		List<TopicPartition> partitions = partitions(existing.get(topic)).stream()
			.filter((each) -> partition == null || each.partition() == partition)
			.toList();
		if (partitions.isEmpty()) {
			throw new IllegalArgumentException("The topic '%s' has no partition %d".formatted(topic, partition));
		}
		return partitions;
	}

	private static List<TopicPartition> partitions(@Nullable Collection<PartitionInfo> partitions) {
		return (partitions != null) ? partitions.stream()
			.map((info) -> new TopicPartition(info.topic(), info.partition()))
			.sorted(Comparator.comparingInt(TopicPartition::partition))
			.toList() : List.of();
	}

	private <T extends @Nullable Object> T with(Function<Consumer<byte[], byte[]>, T> look) {
		Consumer<byte[], byte[]> consumer = this.consumers.create();
		try {
			return look.apply(consumer);
		}
		finally {
			consumer.close(CloseOptions.timeout(Duration.ZERO));
		}
	}

}
