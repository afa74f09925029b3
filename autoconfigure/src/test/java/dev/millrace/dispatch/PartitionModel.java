package dev.millrace.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.Ordering;

/**
 * A partition as the broker has it, and where the consumer is in it.
 */
final class PartitionModel {

	private static final String[] KEYS = { "a", "b", null };

	final TopicPartition partition;

	private final List<Entry> log = new ArrayList<>();

	/** Offsets that were finished while that counted. */
	private final Set<Long> finished = new HashSet<>();

	private long end;

	private int epochs;

	boolean assigned = true;

	/** Whether the consumer was told to fetch nothing. */
	boolean paused;

	long committed;

	/** The offset that is fetched next. */
	long fetchPosition;

	/** {@code null} while the engine knows nothing of the partition. */
	EpochModel epoch;

	PartitionModel(int number, int records, Random random) {
		this.partition = new TopicPartition("t", number);
		for (int i = 0; i < records; i++) {
			this.end += random.nextInt(4) / 3;
			this.log.add(new Entry(this.end++, KEYS[random.nextInt(KEYS.length)]));
		}
		// A marker of a transaction, which nobody gets to see.
		this.end += random.nextInt(2);
	}

	boolean isFetchable() {
		return this.assigned && !this.paused && hasMore();
	}

	boolean hasMore() {
		return this.log.get(this.log.size() - 1).offset() >= this.fetchPosition;
	}

	/** Fetch records, which a new epoch gets when they were fetched before. */
	List<RecordModel> fetch(int max, Ordering ordering) {
		List<Entry> entries = this.log.stream()
			.filter((entry) -> entry.offset() >= this.fetchPosition)
			.limit(max)
			.toList();
		EpochModel current = epoch(entries.get(0).offset());
		List<RecordModel> records = entries.stream().map((entry) -> entry.polled(current, ordering)).toList();
		current.records.addAll(records);
		this.fetchPosition = entries.get(entries.size() - 1).offset() + 1;
		current.fetchedTo = this.fetchPosition;
		return records;
	}

	/** Go on behind what is never handed out. */
	void skip() {
		this.fetchPosition = this.log.stream()
			.mapToLong(Entry::offset)
			.filter((offset) -> offset >= this.fetchPosition)
			.findFirst()
			.orElse(this.end);
		this.epoch.fetchedTo = Math.max(this.epoch.fetchedTo, this.fetchPosition);
	}

	private EpochModel epoch(long offset) {
		if (this.epoch == null || offset < this.epoch.fetchedTo) {
			if (this.epoch != null) {
				abandon(this.epoch, offset);
			}
			this.epoch = new EpochModel(this, this.epochs++, offset);
		}
		return this.epoch;
	}

	// Who seeks wants the records from there on, and not those before that are in flight.
	private void abandon(EpochModel epoch, long sought) {
		epoch.end();
		epoch.records.stream().map(RecordModel::offset).filter((offset) -> offset < sought).forEach(this.finished::add);
	}

	void assign() {
		this.assigned = true;
		this.fetchPosition = this.committed;
	}

	void unassign() {
		this.assigned = false;
		this.paused = false;
		this.epoch = null;
	}

	void finished(RecordModel record) {
		if (!record.epoch.over) {
			this.finished.add(record.offset());
		}
	}

	boolean commit(long position) {
		this.committed = position;
		return this.log.stream()
			.mapToLong(Entry::offset)
			.filter((offset) -> offset < position)
			.allMatch(this.finished::contains);
	}

	boolean isDone() {
		return this.assigned && !hasMore() && (this.epoch == null || this.epoch.position() == this.epoch.fetchedTo);
	}

	/**
	 * Behind the last record, and behind the marker after it if that was passed while the
	 * engine looked.
	 */
	boolean isCommittedToTheEnd() {
		return (this.epoch != null) ? this.committed == this.end
				: this.committed > this.log.get(this.log.size() - 1).offset();
	}

	@Override
	public String toString() {
		return "p" + this.partition.partition();
	}

	private record Entry(long offset, String key) {

		RecordModel polled(EpochModel epoch, Ordering ordering) {
			TopicPartition partition = epoch.partition.partition;
			byte[] bytes = (this.key != null) ? this.key.getBytes(StandardCharsets.UTF_8) : null;
			ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", partition.partition(), this.offset, bytes,
					new byte[0]);
			Object lane = switch (ordering) {
				case PARTITION -> partition;
				case KEY -> (this.key != null) ? List.of(partition, this.key) : record;
				case NONE -> record;
			};
			return new RecordModel(epoch, record, lane);
		}

	}

}
