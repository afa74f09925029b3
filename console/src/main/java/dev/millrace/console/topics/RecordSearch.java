package dev.millrace.console.topics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.console.record.RecordView;
import dev.millrace.console.record.RecordViews;

/**
 * One search in some partitions of a topic. What is found in them is merged by time, and
 * within a partition remains in order, so that a page has all that is between its first
 * and its last record of each partition.
 */
final class RecordSearch {

	static final Duration POLL = Duration.ofMillis(200);

	/**
	 * How many offsets are looked at together when most records may not be wanted.
	 */
	private static final int WINDOW = 2000;

	private final Consumer<byte[], byte[]> consumer;

	private final RecordQuery query;

	private final Duration patience;

	private final LongSupplier nanoTime;

	private final long deadline;

	private long read;

	RecordSearch(Consumer<byte[], byte[]> consumer, RecordQuery query, Duration patience, LongSupplier nanoTime) {
		this.consumer = consumer;
		this.query = query;
		this.patience = patience;
		this.nanoTime = nanoTime;
		this.deadline = nanoTime.getAsLong() + patience.toNanos();
	}

	RecordPage search(List<TopicPartition> partitions) {
		List<PartitionSearch> searches = searches(partitions);
		int size = (this.query.text() != null) ? Math.max(this.query.limit(), WINDOW / partitions.size())
				: this.query.limit();
		boolean complete = true;
		while (complete && found(searches) < this.query.limit()
				&& searches.stream().anyMatch((search) -> !search.isExhausted())) {
			complete = read(searches.stream().filter((search) -> !search.isExhausted()).toList(), size);
		}
		List<RecordView> records = merge(searches);
		boolean more = searches.stream().anyMatch(PartitionSearch::hasMore);
		RecordCursor next = new RecordCursor(searches.stream()
			.collect(Collectors.toMap((search) -> search.partition().partition(), PartitionSearch::next)));
		return new RecordPage(records, more ? next.toString() : null, this.read, !complete);
	}

	private List<PartitionSearch> searches(List<TopicPartition> partitions) {
		Map<TopicPartition, Long> begins = this.consumer.beginningOffsets(partitions, this.patience);
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(partitions, this.patience);
		Map<TopicPartition, Long> starts = starts(partitions, begins, ends);
		RecordCursor cursor = this.query.cursor();
		if (cursor != null) {
			partitions.forEach((partition) -> starts.computeIfPresent(partition,
					(key, start) -> cursor.offsets().getOrDefault(partition.partition(), start)));
		}
		boolean backwards = this.query.isBackwards();
		return partitions.stream().map((partition) -> {
			long begin = begins.getOrDefault(partition, 0L);
			long end = ends.getOrDefault(partition, 0L);
			long start = starts.getOrDefault(partition, end);
			return new PartitionSearch(partition, backwards ? begin : Math.max(begin, start),
					backwards ? Math.min(end, start) : end, backwards);
		}).toList();
	}

	private Map<TopicPartition, Long> starts(List<TopicPartition> partitions, Map<TopicPartition, Long> begins,
			Map<TopicPartition, Long> ends) {
		return switch (this.query.start()) {
			case NEWEST -> new HashMap<>(ends);
			case OLDEST -> new HashMap<>(begins);
			case OFFSET -> partitions.stream()
				.collect(Collectors.toMap((partition) -> partition,
						(partition) -> Objects.requireNonNull(this.query.offset())));
			case TIME -> offsets(partitions, ends, Objects.requireNonNull(this.query.time()).toEpochMilli());
		};
	}

	private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, Map<TopicPartition, Long> ends,
			long time) {
		Map<TopicPartition, @Nullable OffsetAndTimestamp> found = this.consumer.offsetsForTimes(
				partitions.stream().collect(Collectors.toMap((partition) -> partition, (partition) -> time)),
				this.patience);
		Map<TopicPartition, Long> offsets = new HashMap<>(ends);
		found.forEach((partition, offset) -> {
			if (offset != null) {
				offsets.put(partition, offset.offset());
			}
		});
		return offsets;
	}

	private boolean read(List<PartitionSearch> searches, int size) {
		Map<TopicPartition, PartitionSearch> open = searches.stream()
			.collect(Collectors.toMap(PartitionSearch::partition, (search) -> search));
		this.consumer.assign(open.keySet());
		// Those that were assigned before are still paused.
		this.consumer.resume(open.keySet());
		searches.forEach((search) -> {
			search.begin(size);
			open(search);
		});
		while (!open.isEmpty()) {
			if (this.nanoTime.getAsLong() - this.deadline > 0) {
				open.values().forEach((search) -> search.cut(position(search)));
				return false;
			}
			for (ConsumerRecord<byte[], byte[]> record : this.consumer.poll(POLL)) {
				add(open.get(new TopicPartition(record.topic(), record.partition())), record);
			}
			List<PartitionSearch> closed = open.values()
				.stream()
				.filter((search) -> search.close(position(search)))
				.toList();
			closed.stream().filter((search) -> !search.isThrough()).forEach(this::open);
			List<TopicPartition> through = closed.stream()
				.filter(PartitionSearch::isThrough)
				.map(PartitionSearch::partition)
				.toList();
			this.consumer.pause(through);
			open.keySet().removeAll(through);
		}
		return true;
	}

	private void open(PartitionSearch search) {
		this.consumer.seek(search.partition(), search.open());
	}

	private long position(PartitionSearch search) {
		return this.consumer.position(search.partition(), this.patience);
	}

	private void add(@Nullable PartitionSearch search, ConsumerRecord<byte[], byte[]> record) {
		if (search != null && search.isInWindow(record.offset())) {
			this.read++;
			if (this.query.takes(record)) {
				search.add(RecordViews.BRIEF.of(record));
			}
		}
	}

	private List<RecordView> merge(List<PartitionSearch> searches) {
		Comparator<PartitionSearch> byTime = Comparator.comparing(RecordSearch::time);
		Comparator<PartitionSearch> order = this.query.isBackwards() ? byTime.reversed() : byTime;
		List<RecordView> records = new ArrayList<>();
		while (records.size() < this.query.limit()) {
			PartitionSearch first = searches.stream().filter((search) -> search.size() > 0).min(order).orElse(null);
			if (first == null) {
				break;
			}
			records.add(first.take());
		}
		return records;
	}

	private static Instant time(PartitionSearch search) {
		RecordView first = search.peek();
		return (first != null && first.time() != null) ? first.time() : Instant.EPOCH;
	}

	private static int found(Collection<PartitionSearch> searches) {
		return searches.stream().mapToInt(PartitionSearch::size).sum();
	}

}
