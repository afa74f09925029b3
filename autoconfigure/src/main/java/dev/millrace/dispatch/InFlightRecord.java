package dev.millrace.dispatch;

import java.time.Duration;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Record that was polled and is not yet finished. Belongs to the assignment of its
 * partition under which it was polled: when that has ended, finishing or retrying it does
 * nothing.
 */
public final class InFlightRecord {

	private final PartitionWindow window;

	private final long offset;

	private final Object laneKey;

	private volatile ConsumerRecord<byte[], byte[]> record;

	private RecordHandler handler;

	private int attempt = 1;

	private @Nullable Instant earlierAttempt;

	private @Nullable Runnable afterwards;

	private volatile long startedNanos;

	private long attemptNanos;

	/** Written after the time of the attempt, and read before it. */
	private volatile State state = State.WAITING;

	/** That of its first attempt: its place among all, as {@link ReadyLanes} has it. */
	final long startTag;

	/**
	 * When the next attempt is due, in a batch the first one too; guarded by the lane, as
	 * {@link #next} is.
	 */
	long dueNanos;

	@Nullable InFlightRecord next;

	InFlightRecord(PartitionWindow window, ConsumerRecord<byte[], byte[]> record, Object laneKey, RecordHandler handler,
			long startTag) {
		this.window = window;
		this.record = record;
		this.offset = record.offset();
		this.laneKey = laneKey;
		this.handler = handler;
		this.startTag = startTag;
	}

	/**
	 * Return the record that is to be handled.
	 * @return the record as it was polled, unless it {@link #continues continues} another
	 */
	public ConsumerRecord<byte[], byte[]> record() {
		return this.record;
	}

	/**
	 * Return which attempt this is.
	 * @return the attempt, from 1
	 */
	public int attempt() {
		return this.attempt;
	}

	/**
	 * Return when the first attempt began, also one of the record that this one
	 * {@link #continues continues}.
	 * @param now the present time
	 * @return the time, the present one before
	 */
	public Instant firstAttempt(Instant now) {
		Instant earlier = this.earlierAttempt;
		return (earlier != null) ? earlier : now.minus(age());
	}

	/**
	 * Return for how long the record has been in a handler's hands.
	 * @return the time since its first attempt here began, zero before
	 */
	public Duration age() {
		long started = this.startedNanos;
		return (started != 0) ? Duration.ofNanos(this.window.nanoTime() - started) : Duration.ZERO;
	}

	/**
	 * Return for how long the present attempt has been under way, with all that follows
	 * the call of the handler.
	 * @return the time since it began; zero before, and while the record waits for
	 * another one
	 */
	public Duration runningFor() {
		return isRunning() ? Duration.ofNanos(this.window.nanoTime() - this.attemptNanos) : Duration.ZERO;
	}

	/**
	 * Take note that this record stands for another one that has been tried before: from
	 * here on it is that record, with the attempts that it has had. Only the offset to
	 * commit is still its own. Call it while the record runs, or before it gets into its
	 * lane.
	 * @param original the other record
	 * @param attempts how often it has been tried
	 * @param firstAttempt when its first attempt began
	 */
	public void continues(ConsumerRecord<byte[], byte[]> original, int attempts, Instant firstAttempt) {
		this.record = original;
		this.attempt = attempts + 1;
		this.earlierAttempt = firstAttempt;
	}

	/**
	 * Take note that this record stands for one that has been tried before. Call it
	 * before the record gets into its lane.
	 * @param attempts how often that one has been tried
	 */
	public void tried(int attempts) {
		this.attempt = attempts + 1;
	}

	/**
	 * Finish the record: its offset may be committed when all before it are finished too.
	 * Call from any thread.
	 */
	public void finish() {
		this.state = State.FINISHED;
		this.window.finished(this);
		if (this.afterwards != null) {
			this.afterwards.run();
		}
	}

	/**
	 * Have something done when the record is finished, also when its assignment has ended
	 * meanwhile. Call it while the record runs.
	 * @param afterwards what to do, on the thread that finishes the record; it must not
	 * block
	 */
	public void whenFinished(Runnable afterwards) {
		this.afterwards = afterwards;
	}

	/**
	 * Run the record again, before anything that waits in its lane. Call from any thread.
	 * @param delay how long to wait; the lane stands still meanwhile, without a thread
	 * @param next what to do then
	 */
	public void retry(Duration delay, RecordHandler next) {
		this.attempt++;
		again(delay, next);
	}

	/**
	 * Run the record later, as {@link #retry} does; its first attempt has not begun. Call
	 * from any thread.
	 * @param delay how long to wait; the lane stands still meanwhile, without a thread
	 * @param next what to do then
	 */
	public void postpone(Duration delay, RecordHandler next) {
		this.startedNanos = 0;
		again(delay, next);
	}

	/**
	 * Go on with the same attempt on a thread of the lane, before anything that waits in
	 * it. Call from any thread.
	 * @param next what to do then
	 */
	public void resume(RecordHandler next) {
		again(Duration.ZERO, next);
	}

	private void again(Duration delay, RecordHandler next) {
		this.handler = next;
		this.state = State.WAITING;
		this.window.retry(this, delay);
	}

	/**
	 * Return whether the record is finished.
	 * @return whether nothing more will happen to it
	 */
	public boolean isFinished() {
		return this.state == State.FINISHED;
	}

	boolean isRunning() {
		return this.state == State.RUNNING;
	}

	/**
	 * Return whether the record runs, or is about to.
	 * @return whether it does
	 */
	boolean isBusy() {
		State state = this.state;
		return state == State.RUNNING || state == State.STARTING;
	}

	/**
	 * Return whether the assignment of the record has ended. Called from any thread.
	 * @return whether what becomes of it changes nothing any more
	 */
	public boolean isAbandoned() {
		return this.window.isClosed();
	}

	/**
	 * Return whether the record would run if it were started now.
	 * @return whether it would
	 */
	boolean mayStart() {
		return this.window.isOpen();
	}

	boolean start() {
		// Said first: who closes the window from here on knows of it, or it is seen
		// below.
		this.state = State.STARTING;
		if (!this.window.isOpen()) {
			this.state = State.WAITING;
			this.window.ended();
			return false;
		}
		this.attemptNanos = this.window.nanoTime();
		if (this.startedNanos == 0) {
			// Zero stands for not started.
			this.startedNanos = this.attemptNanos | 1;
		}
		this.state = State.RUNNING;
		return true;
	}

	long retryTag() {
		return this.window.nextRetryTag();
	}

	TopicPartition partition() {
		return this.window.partition();
	}

	Object laneKey() {
		return this.laneKey;
	}

	long offset() {
		return this.offset;
	}

	RecordHandler handler() {
		return this.handler;
	}

	private enum State {

		/** For a thread, or for its next attempt. */
		WAITING,

		/** Runs if its window is still open. */
		STARTING,

		RUNNING,

		FINISHED

	}

}
