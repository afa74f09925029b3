package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;

import dev.millrace.Ordering;

/**
 * The consumer's thread, cut into the steps between which other threads may do something:
 * begin a commit, decide what is paused, poll. What a broker answers, and when, is left
 * to chance.
 */
final class ConsumerModel {

	private static final int POLL = 4;

	private final Deque<CommitModel> commits = new ArrayDeque<>();

	private final EngineModel model;

	private final Ordering ordering;

	private final Assignment assignment;

	private final Random random;

	private final Runnable interleave;

	private final Consumer<String> trace;

	private Runnable next = this::commit;

	private boolean polling;

	/** Whether the poll returns although there is nothing to fetch. */
	private boolean woken;

	/** Whether a failed commit waits for the interval to pass. */
	private boolean failed;

	/** Whether a step is under way, so that the thread has no time for another. */
	private boolean busy;

	/** Whether the end is near: everything works, and no poll times out. */
	private boolean settling;

	ConsumerModel(EngineModel model, Ordering ordering, Assignment assignment, Random random, Runnable interleave,
			Consumer<String> trace) {
		this.model = model;
		this.ordering = ordering;
		this.assignment = assignment;
		this.random = random;
		this.interleave = interleave;
		this.trace = trace;
	}

	void wakeUp() {
		this.trace.accept("wake up");
		this.woken = true;
	}

	void settle() {
		this.settling = true;
	}

	boolean isBusy() {
		return this.busy;
	}

	void addActions(List<Runnable> actions) {
		if (this.busy) {
			return;
		}
		if (!this.settling || this.failed || this.woken || !this.polling
				|| this.model.partitions.stream().anyMatch(PartitionModel::isFetchable)) {
			actions.add(() -> {
				this.busy = true;
				this.next.run();
				this.busy = false;
			});
		}
		if (!this.commits.isEmpty()) {
			actions.add(this::acknowledge);
		}
	}

	private void commit() {
		this.polling = false;
		this.woken = false;
		beginCommit(this.settling ? this.failed : chance(3));
		this.next = this::pause;
	}

	private void beginCommit(boolean due) {
		if (due) {
			this.failed = false;
			this.assignment.idle().forEach((partition) -> skip(partition(partition)));
		}
		Commit commit = this.assignment.nextCommit(due);
		CommitModel begun = new CommitModel(commit, this.model.committing(commit, due));
		this.trace.accept("commit " + begun);
		if (commit != null) {
			this.commits.add(begun);
		}
	}

	private void acknowledge() {
		CommitModel commit = this.commits.remove();
		commit.arrive(this.settling || !chance(4), this.model);
		boolean accepted = commit.acknowledge();
		this.trace.accept("commit " + commit + (accepted ? " acknowledged" : " failed"));
		this.failed |= !accepted;
		// As the session does.
		this.woken |= accepted && this.model.partitions.stream().anyMatch((partition) -> partition.paused);
	}

	private void pause() {
		List<TopicPartition> paused = this.assignment.paused();
		this.trace.accept("pause " + paused);
		this.model.pausing(paused);
		this.polling = true;
		this.next = this::poll;
	}

	private void poll() {
		this.trace.accept("poll");
		if (!this.settling && chance(3)) {
			rebalance();
		}
		for (PartitionModel partition : this.model.partitions) {
			if (partition.isFetchable() && (this.settling || !chance(3))) {
				fetch(partition);
			}
		}
		this.next = this::commit;
	}

	private void fetch(PartitionModel partition) {
		List<RecordModel> records = partition.fetch(1 + this.random.nextInt(POLL), this.ordering);
		this.trace.accept("fetch " + records);
		this.model.polled(records, POLL);
		this.assignment.add(partition.partition, records.stream().map((record) -> record.record).toList());
		this.model.added(records);
		if (chance(2)) {
			skip(partition);
		}
	}

	private void skip(PartitionModel partition) {
		partition.skip();
		this.assignment.fetchedTo(partition.partition, partition.fetchPosition);
	}

	private void rebalance() {
		List<PartitionModel> chosen = this.model.partitions.stream().filter((partition) -> chance(2)).toList();
		switch (this.random.nextInt(4)) {
			case 0 -> chosen.stream().filter((partition) -> partition.assigned).forEach(this::seekBack);
			case 1 -> revoke(assigned(chosen));
			case 2 -> lose(assigned(chosen));
			default -> assign();
		}
	}

	private static List<PartitionModel> assigned(List<PartitionModel> partitions) {
		return partitions.stream().filter((partition) -> partition.assigned).toList();
	}

	private void seekBack(PartitionModel partition) {
		partition.fetchPosition -= this.random.nextInt((int) partition.fetchPosition + 1);
		this.trace.accept("seek " + partition.partition + " to " + partition.fetchPosition);
	}

	void assign() {
		this.model.partitions.stream().filter((partition) -> !partition.assigned).forEach(PartitionModel::assign);
		this.trace.accept("assign");
	}

	private void revoke(List<PartitionModel> partitions) {
		this.trace.accept("revoke " + partitions);
		List<Assignment.Release> releases = release(partitions);
		// A synchronous commit waits for those before it.
		this.commits.forEach((commit) -> commit.arrive(!chance(4), this.model));
		if (!chance(4)) {
			releases.stream()
				.filter(Assignment.Release::uncommitted)
				.forEach((release) -> this.model.committed(partition(release.partition()), release.position()));
		}
		partitions.forEach(PartitionModel::unassign);
	}

	private void lose(List<PartitionModel> partitions) {
		this.trace.accept("lose " + partitions);
		this.commits.forEach((commit) -> commit.arrive(false, this.model));
		release(partitions);
		partitions.forEach(PartitionModel::unassign);
	}

	/** Other threads go on between the end of the assignment and the report. */
	private List<Assignment.Release> release(List<PartitionModel> partitions) {
		List<Assignment.Release> releases = this.assignment.release(new ClosingPartitions(partitions, this.interleave),
				Duration.ZERO);
		this.trace.accept("released " + releases);
		List<EpochModel> epochs = partitions.stream()
			.map((partition) -> partition.epoch)
			.filter((epoch) -> epoch != null)
			.toList();
		this.model.check(epochs.size() == releases.size(), "I4 releases " + releases + " instead of " + epochs);
		for (int i = 0; i < releases.size(); i++) {
			this.model.released(epochs.get(i), releases.get(i));
		}
		return releases;
	}

	/** Everything has come to an end, so everything can be committed. */
	void finish() {
		beginCommit(true);
		while (!this.commits.isEmpty()) {
			acknowledge();
		}
		for (PartitionModel partition : this.model.partitions) {
			this.model.check(partition.isCommittedToTheEnd(), "I10 not committed to the end: " + partition);
		}
		release(this.model.partitions);
	}

	List<TopicPartition> idle() {
		return this.assignment.idle();
	}

	private PartitionModel partition(TopicPartition partition) {
		return this.model.partitions.get(partition.partition());
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

}
