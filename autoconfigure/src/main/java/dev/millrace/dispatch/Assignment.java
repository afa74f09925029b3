package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one consumer has in flight, partition by partition. Only the consumer's thread
 * calls.
 */
public final class Assignment {

	private final Map<TopicPartition, PartitionWindow> windows = new HashMap<>();

	private final Lanes lanes;

	private final RecordHandler handler;

	private final Supplier<WindowLimits> limits;

	private final BooleanSupplier stopping;

	private final Runnable wakeup;

	/**
	 * Create the books of a consumer that has no partition yet.
	 * @param lanes the lanes of the subscriber
	 * @param handler handles each record
	 * @param limits when to pause and to resume a partition, asked again and again from
	 * any thread
	 * @param wakeup called from any thread when a paused partition may be resumed
	 */
	public Assignment(Lanes lanes, RecordHandler handler, Supplier<WindowLimits> limits, Runnable wakeup) {
		this(lanes, handler, limits, () -> false, wakeup);
	}

	/**
	 * Create the books of a consumer that has no partition yet.
	 * @param lanes the lanes of the subscriber
	 * @param handler handles each record
	 * @param limits when to pause and to resume a partition, asked again and again from
	 * any thread
	 * @param stopping whether no record is to begin any more, although the partitions
	 * have not been given up yet; asked for each record, from any thread
	 * @param wakeup called from any thread when a paused partition may be resumed
	 */
	public Assignment(Lanes lanes, RecordHandler handler, Supplier<WindowLimits> limits, BooleanSupplier stopping,
			Runnable wakeup) {
		this.lanes = lanes;
		this.handler = handler;
		this.limits = limits;
		this.stopping = stopping;
		this.wakeup = wakeup;
	}

	/**
	 * Put polled records of a partition in flight. An offset that was polled before means
	 * that somebody sought back: what is still in flight of the partition is abandoned.
	 * @param partition the partition
	 * @param records the records, in the order of their offsets, at least one
	 */
	public void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
		add(partition, records, this.handler);
	}

	/**
	 * Put polled records of a partition in flight that has a handler of its own.
	 * @param partition the partition
	 * @param records the records, in the order of their offsets, at least one
	 * @param handler handles each record
	 */
	public void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, RecordHandler handler) {
		PartitionWindow window = window(partition, records.get(0).offset());
		window.add(records, handler);
	}

	/**
	 * Begin with a partition before anything of it is in flight, so that the position is
	 * committed.
	 * @param partition the partition
	 * @param offset the position
	 */
	public void begin(TopicPartition partition, long offset) {
		window(partition, offset);
	}

	/**
	 * Have the position of a partition committed again although it has not changed.
	 * @param partition the partition
	 */
	public void commitAgain(TopicPartition partition) {
		PartitionWindow window = this.windows.get(partition);
		if (window != null) {
			window.commitFailed();
		}
	}

	/**
	 * Take note of the offset that is fetched next, when it is known to be behind the
	 * last record.
	 * @param partition the partition
	 * @param offset the offset
	 */
	public void fetchedTo(TopicPartition partition, long offset) {
		PartitionWindow window = this.windows.get(partition);
		if (window != null) {
			window.fetchedTo(offset);
		}
	}

	/**
	 * Return whether there is no partition with or without something in flight.
	 * @return whether there is no partition
	 */
	public boolean isEmpty() {
		return this.windows.isEmpty();
	}

	/**
	 * Return the partitions of which nothing is in flight.
	 * @return the partitions
	 */
	public List<TopicPartition> idle() {
		List<TopicPartition> idle = new ArrayList<>();
		for (PartitionWindow window : this.windows.values()) {
			if (window.position() == window.fetchedTo()) {
				idle.add(window.partition());
			}
		}
		return idle;
	}

	/**
	 * Return the first record of each partition that is not finished.
	 * @return the records
	 */
	public List<InFlightRecord> oldest() {
		List<InFlightRecord> oldest = new ArrayList<>();
		for (PartitionWindow window : this.windows.values()) {
			InFlightRecord first = window.oldest();
			if (first != null) {
				oldest.add(first);
			}
		}
		return oldest;
	}

	/**
	 * Return the record of each partition that has been running for the longest time.
	 * @return the records
	 */
	public List<InFlightRecord> longestRunning() {
		List<InFlightRecord> longest = new ArrayList<>();
		for (PartitionWindow window : this.windows.values()) {
			InFlightRecord record = window.longestRunning();
			if (record != null) {
				longest.add(record);
			}
		}
		return longest;
	}

	/**
	 * Return how many records are not finished.
	 * @return the number of records that run or wait
	 */
	public int unfinished() {
		return this.windows.values().stream().mapToInt(PartitionWindow::unfinished).sum();
	}

	/**
	 * Return how much of the fullest window is taken.
	 * @return 1 when it is full
	 */
	public double fill() {
		return this.windows.values().stream().mapToDouble(PartitionWindow::fill).max().orElse(0);
	}

	/**
	 * Return what there is of each partition.
	 * @return a snapshot
	 */
	public List<WindowView> windows() {
		return this.windows.values().stream().map(PartitionWindow::view).toList();
	}

	/**
	 * Begin a commit of all positions that have changed since the last one.
	 * @param due whether to commit whatever there is; otherwise only when some partition
	 * has so much to commit that it should not wait
	 * @return the commit, or {@code null} when there is none to be made now
	 */
	public @Nullable Commit nextCommit(boolean due) {
		if (!due && this.windows.values().stream().noneMatch(PartitionWindow::isCommitUrgent)) {
			return null;
		}
		List<PartitionWindow> changed = this.windows.values().stream().filter(PartitionWindow::isCommittable).toList();
		return changed.isEmpty() ? null : new Commit(changed);
	}

	/**
	 * Return the partitions that are to be paused now; all others are not.
	 * @return the partitions
	 */
	public List<TopicPartition> paused() {
		List<TopicPartition> paused = new ArrayList<>();
		for (PartitionWindow window : this.windows.values()) {
			if (window.pause()) {
				paused.add(window.partition());
			}
		}
		return paused;
	}

	/**
	 * Return for how long nothing at all should be fetched, also of partitions that are
	 * not {@link #paused() paused}: who asks for those alone may wait for the answer
	 * while one that is paused runs out of records.
	 * @param now the time
	 * @return the time left in nanoseconds, zero for not at all
	 */
	public long patience(long now) {
		return this.windows.values().stream().mapToLong((window) -> window.patience(now)).max().orElse(0);
	}

	/**
	 * Give partitions up: start nothing of them any more, let what runs come to an end.
	 * Partitions that are not in flight are passed over.
	 * @param partitions the partitions
	 * @param timeout how long to wait for running records, for all partitions together
	 * @return what was given up
	 */
	public List<Release> release(Collection<TopicPartition> partitions, Duration timeout) {
		List<PartitionWindow> released = new ArrayList<>();
		for (TopicPartition partition : partitions) {
			PartitionWindow window = this.windows.remove(partition);
			if (window != null) {
				window.close();
				released.add(window);
			}
		}
		long deadline = System.nanoTime() + timeout.toNanos();
		return released.stream().map((window) -> drain(window, deadline)).toList();
	}

	private static Release drain(PartitionWindow window, long deadline) {
		List<ConsumerRecord<byte[], byte[]>> interrupted = window
			.awaitRunning(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
		long position = window.position();
		return new Release(window.partition(), position, !window.isCommitted(), window.finishedSinceClose(),
				interrupted, window.unfinished() - interrupted.size());
	}

	private PartitionWindow window(TopicPartition partition, long offset) {
		PartitionWindow window = this.windows.get(partition);
		if (window != null && offset >= window.fetchedTo()) {
			return window;
		}
		if (window != null) {
			window.close();
		}
		PartitionWindow created = new PartitionWindow(partition, offset, this.lanes, this.limits, this.stopping,
				this.wakeup);
		this.windows.put(partition, created);
		return created;
	}

	/**
	 * Partition that was given up.
	 *
	 * @param partition the partition
	 * @param position the offset of the first record that is not finished
	 * @param uncommitted whether the position is still to be committed
	 * @param finished how many records came to an end meanwhile
	 * @param interrupted the records that were still running when the time was up
	 * @param waiting how many polled records had to wait, for their first attempt or
	 * another
	 */
	public record Release(TopicPartition partition, long position, boolean uncommitted, int finished,
			List<ConsumerRecord<byte[], byte[]>> interrupted, int waiting) {

	}

}
