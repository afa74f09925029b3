package dev.millrace.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * Serial queue of records. A lane is created for its first record and retired after its
 * last: it exists only while it has work. A record that failed goes before all that wait,
 * and while its delay lasts the lane is parked, without a thread.
 */
final class Lane extends RecordQueue implements LaneTask {

	private static final Duration AFTER_BUG = Duration.ofSeconds(1);

	private final Object key;

	private final ConcurrentMap<Object, Lane> lanes;

	private final LaneExecutor executor;

	private final Timer timer;

	private State state = State.PARKED;

	/** Records taken out of the queue together; only whoever runs the lane sees them. */
	private @Nullable InFlightRecord taken;

	/** That of the next record, while the lane waits for a thread. */
	private long startTag;

	/** Whether a record has held it until now; only whoever runs the lane sees it. */
	private boolean held;

	Lane(Object key, ConcurrentMap<Object, Lane> lanes, LaneExecutor executor, Timer timer) {
		this.key = key;
		this.lanes = lanes;
		this.executor = executor;
		this.timer = timer;
	}

	/**
	 * Add records behind all others.
	 * @param records the records and others
	 * @param from where its records begin
	 * @param to where they end
	 * @return {@code false} when this lane has been retired and the records need a new
	 * one
	 */
	boolean add(List<InFlightRecord> records, int from, int to) {
		synchronized (this) {
			if (this.state == State.RETIRED) {
				return false;
			}
			for (int i = from; i < to; i++) {
				append(records.get(i));
			}
			if (!activate()) {
				return true;
			}
		}
		this.executor.submit(this);
		return true;
	}

	/**
	 * Put a record before all that wait, in the order of the offsets with others that
	 * failed.
	 * @param record the record, with its due time
	 * @return {@code false} when this lane has been retired and the record needs a new
	 * one
	 */
	boolean addRetry(InFlightRecord record) {
		synchronized (this) {
			if (this.state == State.RETIRED) {
				return false;
			}
			insertRetry(record);
			if (!activate()) {
				if (this.state == State.PARKED && firstRetry() == record) {
					wakeAt(record.dueNanos);
				}
				return true;
			}
		}
		this.executor.submit(this);
		return true;
	}

	/**
	 * Leave what is of no use any more, as its assignment has ended, instead of keeping
	 * it until it is due.
	 */
	void prune() {
		synchronized (this) {
			if (!activate()) {
				return;
			}
		}
		this.executor.submit(this);
	}

	@Override
	public long startTag() {
		return this.startTag;
	}

	@Override
	public Turn run(LaneExecutor.Worker worker) {
		if (this.held) {
			this.held = false;
			return end();
		}
		for (int i = worker.records(); i > 0; i--) {
			InFlightRecord record = next();
			if (record == null) {
				return Turn.OVER;
			}
			long wait = worker.tryBegin(record);
			if (wait > 0) {
				putBack(record);
				this.timer.schedule(wait, () -> this.executor.resume(this));
				return Turn.HELD;
			}
			if (record.start()) {
				CompletionStage<?> hold = handle(record, worker);
				if (hold != null) {
					this.held = true;
					hold.whenComplete((result, failure) -> this.executor.resume(this));
					return Turn.HELD;
				}
			}
		}
		return end();
	}

	private @Nullable CompletionStage<?> handle(InFlightRecord record, LaneExecutor.Worker worker) {
		try (RunContext.Run run = worker.enter(record)) {
			return record.handler().handle(record);
		}
		catch (Throwable bug) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
			record.retry(AFTER_BUG, record.handler());
			return null;
		}
		finally {
			// A flag that a handler has set is no business of the next one.
			Thread.interrupted();
		}
	}

	private @Nullable InFlightRecord next() {
		InFlightRecord first = this.taken;
		return (first != null && firstRetry() == null) ? nextTaken(first) : nextWaiting();
	}

	private InFlightRecord nextTaken(InFlightRecord first) {
		this.taken = first.next;
		first.next = null;
		return first;
	}

	private synchronized @Nullable InFlightRecord nextWaiting() {
		if (isOver()) {
			return null;
		}
		InFlightRecord retry = firstRetry();
		if (retry != null) {
			return removeRetry(retry);
		}
		// There is one, or the lane would be over.
		return nextTaken(Objects.requireNonNull((this.taken != null) ? this.taken : removeAll()));
	}

	// One before it may fail meanwhile, and goes first then.
	private synchronized void putBack(InFlightRecord record) {
		record.dueNanos = this.timer.nanoTime();
		insertRetry(record);
	}

	private synchronized Turn end() {
		if (isOver()) {
			return Turn.OVER;
		}
		this.startTag = nextTag();
		return Turn.MORE;
	}

	// There may be none when the assignment of what has failed has ended.
	private long nextTag() {
		InFlightRecord retry = firstRetry();
		if (retry != null) {
			return retry.retryTag();
		}
		InFlightRecord next = (this.taken != null) ? this.taken : first();
		return (next != null) ? next.startTag : this.startTag;
	}

	private boolean isOver() {
		dropAbandonedRetries();
		InFlightRecord retry = firstRetry();
		if (retry != null && !isDue(retry)) {
			this.state = State.PARKED;
			wakeAt(retry.dueNanos);
			return true;
		}
		if (retry == null && this.taken == null && first() == null) {
			this.state = State.RETIRED;
			this.lanes.remove(this.key, this);
			return true;
		}
		return false;
	}

	private boolean activate() {
		if (this.state != State.PARKED) {
			return false;
		}
		dropAbandonedRetries();
		InFlightRecord retry = firstRetry();
		if (retry != null && !isDue(retry)) {
			return false;
		}
		this.state = State.ACTIVE;
		this.startTag = nextTag();
		return true;
	}

	private void wake() {
		synchronized (this) {
			if (!activate()) {
				InFlightRecord retry = firstRetry();
				if (this.state == State.PARKED && retry != null) {
					wakeAt(retry.dueNanos);
				}
				return;
			}
		}
		this.executor.submit(this);
	}

	private void wakeAt(long dueNanos) {
		this.timer.schedule(Math.max(0, dueNanos - this.timer.nanoTime()), this::wake);
	}

	private boolean isDue(InFlightRecord record) {
		return record.dueNanos - this.timer.nanoTime() <= 0;
	}

	private enum State {

		/** Not at the executor: new, or waiting for a retry to become due. */
		PARKED,

		/** At the executor: ready, running, or held by a record. */
		ACTIVE,

		/** Out of work for good. */
		RETIRED

	}

}
