package dev.millrace.dispatch;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a partition from an assignment, or a seek backwards, to the next.
 */
final class EpochModel {

	final PartitionModel partition;

	final List<RecordModel> records = new ArrayList<>();

	private final int number;

	long fetchedTo;

	/** The position whose commit was requested last, -1 when it has to be repeated. */
	long requested = -1;

	/** The position that the broker has acknowledged. */
	long acknowledged;

	/** The same, -1 as long as no commit was acknowledged. */
	long acknowledgedByCommit = -1;

	boolean paused;

	/**
	 * Calls that put a record back and have not returned: the record counts until then.
	 */
	int retryCalls;

	/** Nothing may start any more. */
	boolean closed;

	/** Nothing that ends counts any more. */
	boolean over;

	EpochModel(PartitionModel partition, int number, long offset) {
		this.partition = partition;
		this.number = number;
		this.fetchedTo = offset;
	}

	long position() {
		return this.records.stream()
			.filter((record) -> !record.is(RecordModel.State.FINISHED))
			.mapToLong(RecordModel::offset)
			.findFirst()
			.orElse(this.fetchedTo);
	}

	/** How many polled records lie at or behind an offset. */
	int from(long offset) {
		return (int) this.records.stream().filter((record) -> record.offset() >= offset).count();
	}

	int running() {
		return this.retryCalls
				+ (int) this.records.stream().filter((record) -> record.is(RecordModel.State.STARTED)).count();
	}

	List<Long> started() {
		return this.records.stream()
			.filter((record) -> record.is(RecordModel.State.STARTED))
			.map(RecordModel::offset)
			.toList();
	}

	int waiting() {
		return (int) this.records.stream()
			.filter((record) -> record.is(RecordModel.State.WAITING) || record.is(RecordModel.State.RETRYING))
			.count();
	}

	void end() {
		this.closed = true;
		this.over = true;
	}

	@Override
	public String toString() {
		return "p" + this.partition.partition.partition() + "#" + this.number;
	}

}
