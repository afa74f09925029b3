package dev.millrace.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.millrace.Ordering;

/**
 * What a batch may be, in the simplest words there are. Without batches: what one record
 * may be that runs alone.
 */
final class BatchModel {

	private final Ordering ordering;

	private final BatchLimits limits;

	private final Timer timer;

	BatchModel(Ordering ordering, BatchLimits limits, Timer timer) {
		this.ordering = ordering;
		this.limits = limits;
		this.timer = timer;
	}

	boolean isEnabled() {
		return this.limits.maxRecords() > 1;
	}

	/** When a record that nothing stands before is to start at the latest. */
	long startNanos(RecordModel record) {
		return record.dueNanos + waitNanos(record);
	}

	private long waitNanos(RecordModel record) {
		if (this.limits.size(record.attempt) == 1) {
			return 0;
		}
		long nanos = this.limits.maxWait().toNanos();
		return (record.attempt > 1) ? Math.min(200_000_000, nanos) : nanos;
	}

	List<String> started(RunModel run, List<RecordModel> live) {
		List<String> violations = new ArrayList<>();
		long attempts = run.records.stream().map((record) -> record.attempt).distinct().count();
		int size = this.limits.size(run.records.get(0).attempt);
		if (attempts != 1 || run.records.size() > size) {
			violations.add("I12 not a batch of at most " + size + ": " + run);
		}
		if (run.records.stream().map(this::group).distinct().count() != 1) {
			violations.add("I12 several partitions: " + run);
		}
		if (run.records.stream()
			.map((record) -> record.epoch.partition + "@" + record.offset())
			.distinct()
			.count() != run.records.size()) {
			violations.add("I12 twice in one batch: " + run);
		}
		// Those whose assignment has ended count when a batch is begun and are left out
		// of it.
		boolean allOpen = live.stream().allMatch(RecordModel::isOpen);
		boolean waited = run.records.stream()
			.anyMatch((record) -> record.earliestNanos + waitNanos(record) <= this.timer.nanoTime());
		if (allOpen && !waited && run.records.size() < size) {
			violations.add("I13 has not waited for others: " + run);
		}
		return violations;
	}

	/** Whatever is full has begun. */
	List<String> checkAtRest(List<RecordModel> live) {
		return live.stream()
			.collect(Collectors.groupingBy(this::group))
			.values()
			.stream()
			.map((group) -> group.stream()
				.filter((record) -> record.attempt == 1 && record.is(RecordModel.State.WAITING) && record.isOpen())
				.filter((record) -> group.stream().noneMatch((other) -> isBefore(other, record)))
				.toList())
			.filter((waiting) -> waiting.size() >= this.limits.maxRecords())
			.map((waiting) -> "I13 enough for a batch: " + waiting)
			.toList();
	}

	private static boolean isBefore(RecordModel other, RecordModel record) {
		return other.lane.equals(record.lane) && (other.isOnLane() || other.is(RecordModel.State.RETRYING));
	}

	private Object group(RecordModel record) {
		return (this.ordering == Ordering.PARTITION) ? record.epoch.partition : Objects.class;
	}

}
