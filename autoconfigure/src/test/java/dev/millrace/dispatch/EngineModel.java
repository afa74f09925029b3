package dev.millrace.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the engine may do, in the simplest words there are: everything is looked up in
 * lists of records. What it does otherwise is a violation; they are collected, because
 * the engine takes an exception from below it for the handler's.
 */
final class EngineModel {

	final List<PartitionModel> partitions;

	final List<String> violations = new ArrayList<>();

	private final Map<ConsumerRecord<byte[], byte[]>, RecordModel> records = new HashMap<>();

	private final List<RecordModel> live = new ArrayList<>();

	private final WindowLimits limits;

	private final int concurrency;

	private final Timer timer;

	private final BatchModel batches;

	EngineModel(List<PartitionModel> partitions, WindowLimits limits, int concurrency, BatchModel batches,
			Timer timer) {
		this.partitions = partitions;
		this.limits = limits;
		this.concurrency = concurrency;
		this.batches = batches;
		this.timer = timer;
	}

	List<RecordModel> live(Predicate<RecordModel> filter) {
		return this.live.stream().filter(filter).toList();
	}

	List<RecordModel> live(RecordModel.State state) {
		return live((record) -> record.is(state));
	}

	private Stream<RecordModel> lane(RecordModel like) {
		return this.live.stream().filter((record) -> record.lane.equals(like.lane));
	}

	Stream<EpochModel> epochs() {
		return this.partitions.stream().map((partition) -> partition.epoch).filter((epoch) -> epoch != null);
	}

	void polled(List<RecordModel> polled, int atMost) {
		polled.forEach((record) -> {
			this.records.put(record.record, record);
			record.dueNanos = this.timer.nanoTime();
			record.earliestNanos = record.dueNanos;
		});
		this.live.addAll(polled);
		EpochModel epoch = polled.get(0).epoch;
		check(epoch.from(epoch.acknowledged) < this.limits.high() + atMost, "I11 too much of " + epoch);
	}

	/** Time may have passed while the engine took them. */
	void added(List<RecordModel> polled) {
		polled.stream()
			.filter((record) -> record.is(RecordModel.State.WAITING))
			.forEach((record) -> record.dueNanos = this.timer.nanoTime());
	}

	RunModel started(List<InFlightRecord> inFlight) {
		RunModel run = new RunModel(inFlight.stream().map((record) -> this.records.get(record.record())).toList());
		this.violations.addAll(this.batches.started(run, this.live));
		for (int i = 0; i < inFlight.size(); i++) {
			started(run.records.get(i), inFlight.get(i), run);
		}
		check(running() <= this.concurrency, "I9 too many run: " + running());
		return run;
	}

	private void started(RecordModel record, InFlightRecord inFlight, RunModel run) {
		check(record.isOpen(), "I7 started after its release: " + record);
		check(lane(record).noneMatch((other) -> other.isOnLane() && other.run != run),
				"I5 not alone in its lane: " + record);
		check(record == next(record), "I6 out of order: " + record + ", not " + next(record));
		record.state = RecordModel.State.STARTED;
		record.inFlight = inFlight;
		record.run = run;
	}

	/** The record that its lane has to start next. */
	private RecordModel next(RecordModel like) {
		Comparator<RecordModel> order = Comparator.comparing(RecordModel::offset);
		List<RecordModel> lane = lane(like).filter(RecordModel::isOpen).toList();
		RecordModel retry = lane.stream()
			.filter((record) -> record.is(RecordModel.State.RETRYING))
			.min(order)
			.orElse(null);
		if (retry != null) {
			return (retry.dueNanos <= this.timer.nanoTime()) ? retry : null;
		}
		return lane.stream().filter((record) -> record.is(RecordModel.State.WAITING)).min(order).orElse(null);
	}

	long running() {
		return runs().size();
	}

	List<RunModel> runs() {
		return this.live.stream().filter(RecordModel::isOnLane).map((record) -> record.run).distinct().toList();
	}

	void finished(RecordModel record) {
		record.state = RecordModel.State.FINISHED;
		record.epoch.partition.finished(record);
	}

	void retrying(RecordModel record, long delayNanos) {
		record.state = RecordModel.State.RETRYING;
		record.dueNanos = this.timer.nanoTime() + delayNanos;
		record.earliestNanos = record.dueNanos;
		record.attempt++;
	}

	Map<EpochModel, Long> committing(Commit commit, boolean due) {
		Map<EpochModel, Long> expected = new HashMap<>();
		epochs().filter((epoch) -> epoch.position() != epoch.requested)
			.forEach((epoch) -> expected.put(epoch, epoch.position()));
		Map<TopicPartition, Long> positions = new HashMap<>();
		expected.forEach((epoch, position) -> positions.put(epoch.partition.partition, position));
		if (commit == null) {
			check(!due || expected.isEmpty(), "I10 nothing to commit instead of " + positions);
			return Map.of();
		}
		check(commit.positions().equals(positions), "I1 commits " + commit.positions() + " instead of " + positions);
		expected.forEach((epoch, position) -> {
			check(position >= epoch.requested, "I2 goes back to " + position + " in " + epoch);
			epoch.requested = position;
		});
		return expected;
	}

	void committed(PartitionModel partition, long position) {
		check(partition.commit(position), "I1 lost a record before " + position + " of " + partition.partition);
	}

	void pausing(List<TopicPartition> paused) {
		epochs().forEach((epoch) -> {
			int size = epoch.from(epoch.acknowledged);
			epoch.paused = epoch.paused ? size > this.limits.low() : size >= this.limits.high();
			check(epoch.paused == paused.contains(epoch.partition.partition),
					"I10 paused are " + paused + " while " + size + " are held of " + epoch);
		});
		this.partitions.forEach((partition) -> partition.paused = paused.contains(partition.partition));
	}

	void released(EpochModel epoch, Assignment.Release release) {
		long position = epoch.position();
		check(release.partition().equals(epoch.partition.partition), "I4 " + release + " of " + epoch);
		check(release.position() == position, "I4 " + release + " instead of " + position);
		check(release.uncommitted() == (position != epoch.acknowledgedByCommit), "I4 " + release + " of " + epoch);
		check(release.interrupted().stream().map(ConsumerRecord::offset).toList().equals(epoch.started()),
				"I4 " + release + " instead of " + epoch.started());
		check(release.waiting() == epoch.waiting(), "I4 " + release + " instead of " + epoch.waiting());
		epoch.over = true;
	}

	void checkIdle(List<TopicPartition> idle) {
		epochs()
			.forEach((epoch) -> check((epoch.position() == epoch.fetchedTo) == idle.contains(epoch.partition.partition),
					"I3 idle are " + idle + ", and " + epoch + " is at " + epoch.position()));
	}

	/**
	 * Nothing is at the executor: what could run does, and lanes without work are gone.
	 */
	void checkAtRest(int lanes) {
		this.live.removeIf((record) -> record.is(RecordModel.State.FINISHED) && !record.isOnLane());
		if (running() == this.concurrency) {
			return;
		}
		Set<Object> needed = new HashSet<>();
		for (RecordModel record : this.live) {
			boolean open = record.isOpen();
			boolean parked = !record.is(RecordModel.State.STARTED)
					&& this.batches.startNanos(record) > this.timer.nanoTime();
			if (open && lane(record).noneMatch(RecordModel::isOnLane) && isLate(next(record))) {
				this.violations.add("I10 could run and does not: " + next(record));
			}
			// A batch that has begun keeps the lanes of those that are left out of it.
			parked |= this.batches.isEnabled() && !open && running() > 0 && !record.is(RecordModel.State.STARTED);
			if (record.isOnLane() || parked || open && !record.is(RecordModel.State.STARTED)) {
				needed.add(record.lane);
			}
		}
		this.violations.addAll(this.batches.checkAtRest(this.live));
		check(lanes <= needed.size(), "I8 " + lanes + " lanes, needed are " + needed);
	}

	private boolean isLate(RecordModel next) {
		return next != null && this.batches.startNanos(next) <= this.timer.nanoTime();
	}

	void check(boolean condition, String violation) {
		if (!condition) {
			this.violations.add(violation);
		}
	}

}
