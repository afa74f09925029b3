package dev.millrace.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Lanes whose records share batches. A batch is begun when there are enough records for
 * it, or when the first of them has waited for long enough; it takes what is ready then,
 * those that have waited longest first, and the lanes that it takes from wait until it
 * has ended. Records that are tried again never share a batch with others. A lane exists
 * only while it has work. Safe for use by several threads.
 */
final class BatchQueue {

	private final Map<Object, BatchLane> lanes = new HashMap<>();

	private final StartOrder fresh = new StartOrder();

	private final StartOrder again = new StartOrder();

	private final BatchLimits limits;

	private final LaneExecutor executor;

	private final Timer timer;

	/** Whether a task is at the executor that has not taken its batch yet. */
	private boolean submitted;

	/** The next alarm that matters, if there is one. */
	private @Nullable Long alarm;

	/** What is there since then has waited for long enough. */
	private long flushedNanos;

	BatchQueue(BatchLimits limits, LaneExecutor executor, Timer timer) {
		this.limits = limits;
		this.executor = executor;
		this.timer = timer;
		this.flushedNanos = timer.nanoTime() - 1;
	}

	/**
	 * Add records behind all others of their lanes.
	 * @param records the records
	 */
	void add(List<InFlightRecord> records) {
		synchronized (this) {
			long now = this.timer.nanoTime();
			records.forEach((record) -> add(record, now));
		}
		proceed();
	}

	private void add(InFlightRecord record, long now) {
		record.dueNanos = now;
		BatchLane lane = lane(record);
		lane.add(record);
		if (lane.place != null) {
			lane.place.grown();
		}
		if (lane.place == null || lane.isAbandoned()) {
			place(lane);
		}
	}

	/**
	 * Put a record before all that wait in its lane, in the order of the offsets with
	 * others that failed.
	 * @param record the record, with its due time
	 */
	void addRetry(InFlightRecord record) {
		synchronized (this) {
			BatchLane lane = lane(record);
			lane.insertRetry(record);
			place(lane);
		}
		proceed();
	}

	/**
	 * Leave a record whose assignment has ended.
	 * @param record the record
	 */
	void discard(InFlightRecord record) {
		synchronized (this) {
			BatchLane lane = this.lanes.get(record.laneKey());
			if (lane != null && lane.isAbandoned()) {
				place(lane);
			}
		}
		proceed();
	}

	/**
	 * Let nothing that is there now wait for others.
	 */
	void flush() {
		synchronized (this) {
			this.flushedNanos = this.timer.nanoTime();
			for (BatchLane lane : this.fresh.all()) {
				place(lane);
			}
		}
		proceed();
	}

	/**
	 * Take what is to run together now.
	 * @return the batch, empty when there is none
	 */
	Batch take() {
		Batch batch = new Batch();
		synchronized (this) {
			this.submitted = false;
			StartOrder order = ready(this.timer.nanoTime());
			if (order != null) {
				fill(batch, order);
			}
		}
		proceed();
		return batch;
	}

	/**
	 * Let lanes go on that were part of a batch.
	 * @param lanes the lanes, of which nothing runs any more
	 */
	void release(List<BatchLane> lanes) {
		synchronized (this) {
			for (BatchLane lane : lanes) {
				lane.busy = false;
				place(lane);
			}
		}
		proceed();
	}

	synchronized int size() {
		return this.lanes.size();
	}

	private BatchLane lane(InFlightRecord record) {
		return this.lanes.computeIfAbsent(record.laneKey(), BatchLane::new);
	}

	private void place(BatchLane lane) {
		if (lane.busy) {
			return;
		}
		if (lane.place != null) {
			lane.place.remove(lane);
		}
		lane.dropAbandonedRetries();
		InFlightRecord first = lane.peek();
		if (first == null) {
			this.lanes.remove(lane.key);
			return;
		}
		boolean retrying = lane.isRetrying() || first.attempt() > 1;
		lane.startNanos = first.dueNanos + waitNanos(first, retrying);
		(retrying ? this.again : this.fresh).add(lane);
	}

	private long waitNanos(InFlightRecord record, boolean retrying) {
		if (size(record) == 1 || record.dueNanos - this.flushedNanos <= 0) {
			return 0;
		}
		return (retrying ? this.limits.waitOfRetries() : this.limits.maxWait()).toNanos();
	}

	// What is no batch handler does one step of one record, such as to send it again.
	private int size(InFlightRecord record) {
		return (record.handler() instanceof BatchHandler) ? this.limits.size(record.attempt()) : 1;
	}

	private void fill(Batch batch, StartOrder order) {
		long now = this.timer.nanoTime();
		BatchLane lane = order.first();
		InFlightRecord first = (lane != null) ? lane.peek() : null;
		while (lane != null && first != null && isPartOf(batch, first, lane, now)) {
			order.remove(lane);
			lane.busy = true;
			batch.lanes().add(lane);
			while (isPartOf(batch, first, lane, now)) {
				batch.records().add(lane.poll());
			}
			lane = order.first();
		}
	}

	private boolean isPartOf(Batch batch, InFlightRecord first, BatchLane lane, long now) {
		InFlightRecord record = lane.peek();
		return record != null && batch.records().size() < size(first) && record.attempt() == first.attempt()
				&& record.handler() == first.handler() && record.dueNanos - now <= 0;
	}

	private @Nullable StartOrder ready(long now) {
		boolean retries = isOver(this.again, now);
		boolean full = this.fresh.waiting() >= this.limits.maxRecords();
		if (!full && !isOver(this.fresh, now)) {
			return retries ? this.again : null;
		}
		return (retries && isBefore(this.again.first(), this.fresh.first())) ? this.again : this.fresh;
	}

	private static boolean isBefore(@Nullable BatchLane one, @Nullable BatchLane other) {
		return one != null && (other == null || one.startNanos - other.startNanos < 0);
	}

	private static boolean isOver(StartOrder order, long now) {
		BatchLane first = order.first();
		return first != null && first.startNanos - now <= 0;
	}

	private void proceed() {
		long now = this.timer.nanoTime();
		Long wait;
		synchronized (this) {
			wait = next(now);
		}
		if (wait == null) {
			return;
		}
		if (wait == 0) {
			this.executor.submit(new BatchTask(this, this.executor, this.timer));
		}
		else {
			this.timer.schedule(wait, () -> ring(now + wait));
		}
	}

	private void ring(long alarm) {
		synchronized (this) {
			if (this.alarm != null && this.alarm == alarm) {
				this.alarm = null;
			}
		}
		proceed();
	}

	// Zero to begin a batch now; otherwise how long until an alarm that is not set yet.
	private @Nullable Long next(long now) {
		if (this.submitted) {
			return null;
		}
		if (ready(now) != null) {
			this.submitted = true;
			return 0L;
		}
		BatchLane first = isBefore(this.again.first(), this.fresh.first()) ? this.again.first() : this.fresh.first();
		if (first == null || this.alarm != null && this.alarm - first.startNanos <= 0) {
			return null;
		}
		this.alarm = first.startNanos;
		return first.startNanos - now;
	}

}
