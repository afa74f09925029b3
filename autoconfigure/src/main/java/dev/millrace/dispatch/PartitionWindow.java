package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition between the poll and the commit, during one assignment of that
 * partition. A new assignment, or a seek backwards, gets a new window; what happens to
 * the records of a closed one changes nothing any more.
 * <p>
 * The commit position is the offset of the first record that is not finished. With 5, 6
 * and 9 polled (7 and 8 are gaps, as compaction and transactions leave them): nothing
 * finished, position 5; 6 and 9 finished, still 5; then 5 finished, position 10.
 * <p>
 * Only the consumer's thread calls, except where a method says otherwise.
 */
final class PartitionWindow {

	private final TopicPartition partition;

	private final Lanes lanes;

	private final WindowGrowth growth;

	private final BooleanSupplier stopping;

	private final Runnable wakeup;

	private final DrySpell drySpell = new DrySpell();

	private final Deque<InFlightRecord> records = new ArrayDeque<>();

	/** How many records are finished; those who wait for one to end wait for this. */
	private final AtomicLong finished = new AtomicLong();

	/** The tag of the last attempt that was not a first one. */
	private final AtomicLong retryTag = new AtomicLong();

	private long fetchedTo;

	private long nextTag;

	private long committed = -1;

	private long added;

	private long removed;

	private long requested;

	private long acknowledged;

	private long acknowledgedPosition = -1;

	private long finishedAtClose;

	private volatile WindowLimits limits;

	private boolean paused;

	/** How many finished records end the pause. */
	private volatile long wanted = -1;

	/** The record that ends the pause. */
	private volatile @Nullable InFlightRecord blocker;

	private volatile boolean closed;

	PartitionWindow(TopicPartition partition, long offset, Lanes lanes, Supplier<WindowLimits> limits,
			BooleanSupplier stopping, Runnable wakeup) {
		this.partition = partition;
		this.fetchedTo = offset;
		this.lanes = lanes;
		this.growth = new WindowGrowth(limits);
		this.limits = this.growth.at(0, lanes.nanoTime());
		this.stopping = stopping;
		this.wakeup = wakeup;
	}

	void add(List<ConsumerRecord<byte[], byte[]>> polled, RecordHandler handler) {
		this.drySpell.arrived(unfinished(), nanoTime());
		List<InFlightRecord> ready = new ArrayList<>(polled.size());
		this.nextTag = Math.max(this.nextTag, this.lanes.virtualTime());
		for (ConsumerRecord<byte[], byte[]> record : polled) {
			InFlightRecord inFlight = new InFlightRecord(this, record, this.lanes.laneKey(this.partition, record),
					handler, this.nextTag++);
			this.fetchedTo = record.offset() + 1;
			this.records.add(inFlight);
			this.added++;
			Duration delay = handler.polled(inFlight);
			if (delay.isZero()) {
				ready.add(inFlight);
			}
			else {
				this.lanes.addRetry(inFlight, delay);
			}
		}
		this.lanes.add(ready);
	}

	/**
	 * Take note that there is nothing more to be had before an offset, as transaction
	 * markers and compaction leave it behind the last record.
	 * @param offset the offset that is fetched next
	 */
	void fetchedTo(long offset) {
		this.fetchedTo = Math.max(this.fetchedTo, offset);
	}

	long fetchedTo() {
		return this.fetchedTo;
	}

	long position() {
		InFlightRecord first = this.records.peekFirst();
		while (first != null && first.isFinished()) {
			this.records.removeFirst();
			this.removed++;
			first = this.records.peekFirst();
		}
		return (first != null) ? first.offset() : this.fetchedTo;
	}

	/**
	 * Return how many records would be handled again after a crash: those that were
	 * polled and whose commit the broker has not acknowledged.
	 * @return the number of records
	 */
	long size() {
		return this.added - this.acknowledged;
	}

	@Nullable InFlightRecord oldest() {
		position();
		return this.records.peekFirst();
	}

	/**
	 * Return the record whose present attempt has been under way for the longest time.
	 * @return the record, or {@code null} when none runs
	 */
	@Nullable InFlightRecord longestRunning() {
		InFlightRecord longest = null;
		Duration time = Duration.ZERO;
		for (InFlightRecord record : this.records) {
			Duration running = record.runningFor();
			if (running.compareTo(time) > 0) {
				longest = record;
				time = running;
			}
		}
		return longest;
	}

	/**
	 * Return how much of the window is taken.
	 * @return 1 when it is full, more when there was more in a poll
	 */
	double fill() {
		return (double) size() / this.limits.high();
	}

	int unfinished() {
		return (int) (this.added - this.finished.get());
	}

	WindowView view() {
		return new WindowView(this.partition, position(), this.fetchedTo, size(), unfinished(), this.limits.high(),
				this.paused);
	}

	/**
	 * Decide whether the partition is to be paused. While it is, the consumer is woken
	 * when the answer may have changed.
	 * @return whether the partition is to be paused
	 */
	boolean pause() {
		boolean before = this.paused;
		boolean full = isFull();
		if (full && !before) {
			this.drySpell.paused(nanoTime());
		}
		else if (before && !full) {
			this.drySpell.resumed(nanoTime());
		}
		return full;
	}

	/**
	 * Return for how long nothing at all should be fetched because this partition is
	 * paused.
	 * @param now the time
	 * @return the time left in nanoseconds, zero for not at all
	 */
	long patience(long now) {
		return this.paused ? this.drySpell.patience(now) : 0;
	}

	private boolean isFull() {
		position();
		this.limits = this.growth.at(this.removed, nanoTime());
		while (this.paused ? size() > this.limits.low() : size() >= this.limits.high()) {
			this.paused = true;
			this.wanted = this.added - this.limits.low();
			InFlightRecord first = this.records.peekFirst();
			this.blocker = (this.finished.get() >= this.wanted) ? first : null;
			if (first == null || !first.isFinished()) {
				if (isHeldUpByCommit()) {
					// Finished after the commit of this round: nothing else ends the
					// poll.
					this.wakeup.run();
				}
				return true;
			}
			position();
		}
		this.paused = false;
		this.wanted = -1;
		this.blocker = null;
		return false;
	}

	/**
	 * Return whether the position has changed since its commit was last requested.
	 * @return whether there is something to commit
	 */
	boolean isCommittable() {
		return position() != this.committed;
	}

	/**
	 * Return whether the broker has acknowledged the commit of the position.
	 * @return whether nothing is left to commit
	 */
	boolean isCommitted() {
		return position() == this.acknowledgedPosition;
	}

	/**
	 * Return whether so much is finished that its commit should not wait.
	 * @return whether to commit now
	 */
	boolean isCommitUrgent() {
		position();
		return this.removed - this.requested > (this.limits.high() - this.limits.low()) / 2 || isHeldUpByCommit();
	}

	private boolean isHeldUpByCommit() {
		return this.paused && this.removed > this.requested && this.records.size() <= this.limits.low();
	}

	/**
	 * Take note that the position is being committed.
	 * @return a mark for {@link #commitSucceeded}
	 */
	CommitMark commitRequested() {
		this.committed = position();
		this.requested = this.removed;
		return new CommitMark(this.committed, this.removed);
	}

	void commitSucceeded(CommitMark mark) {
		this.acknowledged = Math.max(this.acknowledged, mark.removed());
		this.acknowledgedPosition = Math.max(this.acknowledgedPosition, mark.position());
	}

	void commitFailed() {
		this.committed = -1;
	}

	/**
	 * Start no record any more, and ignore what the running ones do.
	 */
	void close() {
		this.finishedAtClose = this.finished.get();
		this.closed = true;
		// They would be kept until they are due.
		this.records.stream().filter((record) -> !record.isFinished()).forEach(this.lanes::discard);
	}

	int finishedSinceClose() {
		return (int) (this.finished.get() - this.finishedAtClose);
	}

	/**
	 * Wait until no record of this closed window runs.
	 * @param timeout how long to wait at most
	 * @return the records that still run; an interrupt ends the wait early
	 */
	List<ConsumerRecord<byte[], byte[]>> awaitRunning(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			synchronized (this.finished) {
				for (InFlightRecord record : this.records) {
					long left = (deadline - System.nanoTime()) / 1_000_000;
					while (record.isBusy() && left > 0) {
						this.finished.wait(left);
						left = (deadline - System.nanoTime()) / 1_000_000;
					}
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.records.stream().filter(InFlightRecord::isRunning).map(InFlightRecord::record).toList();
	}

	/**
	 * Return whether a record may run that says that it is busy. Called from any thread.
	 * @return whether it may
	 */
	boolean isOpen() {
		return !this.closed && !this.stopping.getAsBoolean();
	}

	/**
	 * Take a record's end into account. Called from any thread.
	 * @param record the record
	 */
	void finished(InFlightRecord record) {
		long finished = this.finished.incrementAndGet();
		ended();
		if (finished == this.wanted || record == this.blocker) {
			this.wakeup.run();
		}
	}

	/**
	 * Put a record back into its lane. Called from any thread.
	 * @param record the record
	 * @param delay how long it waits
	 */
	void retry(InFlightRecord record, Duration delay) {
		if (!this.closed) {
			this.lanes.addRetry(record, delay);
		}
		ended();
	}

	/**
	 * Return the tag of another attempt that is due now. Called from any thread.
	 * @return the tag
	 */
	long nextRetryTag() {
		long now = this.lanes.virtualTime();
		return this.retryTag.updateAndGet((last) -> Math.max(last + 1, now));
	}

	long nanoTime() {
		return this.lanes.nanoTime();
	}

	boolean isClosed() {
		return this.closed;
	}

	TopicPartition partition() {
		return this.partition;
	}

	/**
	 * Take note that a record is not busy any more. Called from any thread.
	 */
	void ended() {
		if (this.closed) {
			synchronized (this.finished) {
				this.finished.notifyAll();
			}
		}
	}

}
