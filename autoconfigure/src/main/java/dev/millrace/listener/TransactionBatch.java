package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.failure.RetryStrategy;
import dev.millrace.listener.Attempts.Refusal;
import dev.millrace.publisher.RecordSender;

/**
 * Records that are handled in one transaction. The consumer's thread puts them into their
 * lanes and waits until all are finished or something says that the transaction can't be
 * committed; lanes and confirmations say so from any thread.
 */
final class TransactionBatch implements RetryStrategy {

	/**
	 * How long a stop of the container may go unnoticed.
	 */
	private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * With these the books call back when nothing is left.
	 */
	private static final WindowLimits UNTIL_EMPTY = new WindowLimits(1, 0, false);

	private final SubscriberRuntime runtime;

	private final RecordSender sender;

	private final Attempts attempts;

	private final Assignment assignment;

	private final StallWatch stalls;

	private final long deadlineNanos;

	private long dueNanos;

	private List<TopicPartition> partitions = List.of();

	private volatile @Nullable Abort abort;

	private boolean closed;

	TransactionBatch(SubscriberRuntime runtime, Processors processors, RecordSender sender, Attempts attempts,
			Duration time) {
		this.runtime = runtime;
		this.sender = sender;
		this.attempts = attempts;
		// What would begin in a transaction that is not committed begins in the next one.
		this.assignment = new Assignment(runtime.lanes(), processors.create(this, attempts), () -> UNTIL_EMPTY,
				() -> this.abort != null, this::changed);
		this.stalls = new StallWatch(runtime, this.assignment);
		this.deadlineNanos = System.nanoTime() + time.toNanos();
		this.dueNanos = runtime.timer().nanoTime();
	}

	void begin(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
		this.partitions = new ArrayList<>(records.keySet());
		records.forEach(this.assignment::add);
		// There will not be more in this transaction.
		this.runtime.lanes().flush();
		this.assignment.paused();
	}

	/**
	 * Wait until every record is finished and all that was sent is confirmed.
	 * @param running whether the container still runs
	 * @return {@code null} when that is so, else why the transaction must be aborted
	 */
	synchronized @Nullable Abort await(BooleanSupplier running) {
		long deadline = this.deadlineNanos;
		boolean stopping = false;
		try {
			while (this.abort == null && !this.assignment.oldest().isEmpty()) {
				long now = System.nanoTime();
				if (!stopping && !running.getAsBoolean()) {
					stopping = true;
					long stop = now + this.runtime.endpoint().flow().drainTimeout().toNanos();
					deadline = (stop - deadline < 0) ? stop : deadline;
				}
				if (now - deadline >= 0) {
					return new Abort(stopping ? Kind.STOPPED : Kind.OUT_OF_TIME, null);
				}
				this.stalls.lookIfDue(now);
				TimeUnit.NANOSECONDS.timedWait(this, Math.min(SLICE, deadline - now));
			}
			return this.abort;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Abort(Kind.STOPPED, null);
		}
	}

	/**
	 * Start nothing any more, and ignore what running handlers do. Failures of what was
	 * sent before still count.
	 * @return what was given up
	 */
	List<Assignment.Release> release() {
		List<Assignment.Release> released = this.assignment.release(this.partitions, Duration.ZERO);
		this.stalls.look();
		return released;
	}

	/**
	 * Remember nothing of what is still to come.
	 */
	synchronized void close() {
		this.closed = true;
	}

	/**
	 * Send, in this transaction.
	 * @return the sender
	 */
	RecordSender sender() {
		return this.sender;
	}

	// In this transaction if there is time, else in the next.
	@Override
	public synchronized void retry(InFlightRecord record, Duration delay, Throwable cause, RecordHandler next) {
		if (!this.closed) {
			long due = this.runtime.timer().nanoTime() + delay.toNanos();
			this.attempts.again(record);
			this.dueNanos = (due - this.dueNanos > 0) ? due : this.dueNanos;
			if (System.nanoTime() + delay.toNanos() - this.deadlineNanos >= 0) {
				abort(new Abort(Kind.RETRY_LATER, null));
			}
		}
		record.retry(delay, next);
	}

	// Each transaction has an assignment of its own, but what is known of a record lasts
	// as long as its partition is here.
	@Override
	public boolean hasGivenUp(InFlightRecord record) {
		return record.isAbandoned() && !this.attempts.isKnown(record);
	}

	/**
	 * Take note that what records have published was refused.
	 * @param records the records, if there are several, what they have published together
	 * @param failure why
	 */
	synchronized void refused(List<InFlightRecord> records, Throwable failure) {
		if (!this.closed) {
			Refusal refusal = new Refusal(failure);
			records.forEach((record) -> this.attempts.refused(record, refusal));
			abort(new Abort(Kind.REFUSED, failure));
		}
	}

	/**
	 * Take note that records have failed together after something was published for them.
	 * Where the transaction is aborted anyway, that may be why they have.
	 * @param records the records
	 * @param failure why they have failed
	 */
	synchronized void takeBack(List<InFlightRecord> records, Throwable failure) {
		if (this.abort == null) {
			refused(records, failure);
		}
	}

	/**
	 * Take note that records have failed each by itself after something was published for
	 * them.
	 * @param failures the records, and why they have failed
	 */
	synchronized void takeBack(Map<InFlightRecord, Throwable> failures) {
		if (this.abort == null) {
			failures.forEach((record, failure) -> refused(List.of(record), failure));
		}
	}

	/**
	 * Take note that the transaction can't go on.
	 * @param failure why
	 */
	synchronized void failed(Throwable failure) {
		abort(new Abort(Kind.FAILED, failure));
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return how long the last record waits that is to be tried again.
	 * @return the time from now, zero when there is none
	 */
	synchronized Duration untilDue() {
		return Duration.ofNanos(Math.max(0, this.dueNanos - this.runtime.timer().nanoTime()));
	}

	private void abort(Abort reason) {
		if (this.abort == null) {
			this.abort = reason;
			notifyAll();
		}
	}

	private synchronized void changed() {
		notifyAll();
	}

	/**
	 * Why a transaction is aborted.
	 *
	 * @param kind what kind of reason it is
	 * @param cause the failure, if there is one
	 */
	record Abort(Kind kind, @Nullable Throwable cause) {

	}

	/**
	 * Kinds of reasons.
	 */
	enum Kind {

		/** The container stops, and not all records are finished. */
		STOPPED,

		/** Not all records are finished in time. */
		OUT_OF_TIME,

		/** A record is to be tried again when the transaction must be over. */
		RETRY_LATER,

		/** Something that a record has published was refused, or must be taken back. */
		REFUSED,

		/** The transaction itself has failed. */
		FAILED

	}

}
