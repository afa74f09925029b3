package dev.millrace.test.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.test.broker.LogEntry.RecordData;

/**
 * The records of a partition, with the marks that end transactions: those have offsets
 * too, so what a consumer sees has gaps. Guarded by the broker's lock.
 */
final class PartitionLog {

	private final TopicPartition partition;

	private final List<LogEntry> entries = new ArrayList<>();

	private final Map<Long, List<LogEntry>> open = new HashMap<>();

	private long startOffset;

	private long endOffset;

	PartitionLog(TopicPartition partition) {
		this.partition = partition;
	}

	TopicPartition partition() {
		return this.partition;
	}

	long startOffset() {
		return this.startOffset;
	}

	long endOffset() {
		return this.endOffset;
	}

	/**
	 * Return the offset behind the last record whose fate is known.
	 * @param committedOnly whether transactions count that are not ended yet
	 * @return how far may be read
	 */
	long endOffset(boolean committedOnly) {
		long end = this.endOffset;
		if (committedOnly) {
			for (List<LogEntry> transaction : this.open.values()) {
				end = Math.min(end, transaction.get(0).offset());
			}
		}
		return end;
	}

	long append(RecordData data) {
		return add(LogEntry.record(this.endOffset, data, false));
	}

	long append(RecordData data, long producerId) {
		LogEntry entry = LogEntry.record(this.endOffset, data, true);
		this.open.computeIfAbsent(producerId, (id) -> new ArrayList<>()).add(entry);
		return add(entry);
	}

	/**
	 * End the transaction of a producer, if it has one here.
	 * @param producerId the producer
	 * @param committed whether its records count
	 */
	void end(long producerId, boolean committed) {
		List<LogEntry> transaction = this.open.remove(producerId);
		if (transaction != null) {
			transaction.forEach((entry) -> entry.end(committed));
			add(LogEntry.marker(this.endOffset));
		}
	}

	List<LogEntry> read(long offset, long end) {
		int from = (int) (Math.max(offset, this.startOffset) - this.startOffset);
		int to = (int) (Math.max(end, this.startOffset) - this.startOffset);
		return (from < to) ? this.entries.subList(from, to) : List.of();
	}

	/**
	 * Forget the records before an offset.
	 * @param offset the first offset that stays
	 */
	void deleteBefore(long offset) {
		this.entries.subList(0, (int) (offset - this.startOffset)).clear();
		this.startOffset = offset;
	}

	Optional<OffsetAndTimestamp> firstSince(long timestamp, boolean committedOnly) {
		return read(this.startOffset, endOffset(committedOnly)).stream()
			.filter((entry) -> !entry.isMarker() && entry.timestamp() >= timestamp)
			.findFirst()
			.map((entry) -> new OffsetAndTimestamp(entry.offset(), entry.timestamp(), Optional.of(0)));
	}

	private long add(LogEntry entry) {
		this.entries.add(entry);
		return this.endOffset++;
	}

}
