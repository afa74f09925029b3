package dev.millrace.dispatch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import dev.millrace.Ordering;

/**
 * Lanes whose records run in batches. A batch has records of several lanes, except under
 * {@link Ordering#PARTITION}: whatever holds a batch up holds up no other partition.
 */
public final class BatchLanes extends Lanes {

	private final Map<Object, BatchQueue> queues = new ConcurrentHashMap<>();

	private final boolean partitionsApart;

	private final BatchLimits limits;

	/**
	 * Create the lanes of a subscriber.
	 * @param selector chooses the lane of a record
	 * @param ordering which records may run at the same time
	 * @param limits how many records a batch has
	 * @param threads runs the batches
	 * @param concurrency how many batches run at once
	 * @param maxRate how many records are begun in a second, infinite for no limit
	 * @param timer the time
	 * @param context surrounds what is done with a batch
	 */
	public BatchLanes(LaneSelector selector, Ordering ordering, BatchLimits limits, Executor threads, int concurrency,
			double maxRate, Timer timer, RunContext context) {
		super(selector, threads, concurrency, maxRate, timer, context);
		this.partitionsApart = ordering == Ordering.PARTITION;
		this.limits = limits;
	}

	@Override
	public void flush() {
		this.queues.values().forEach(BatchQueue::flush);
	}

	@Override
	public int size() {
		return this.queues.values().stream().mapToInt(BatchQueue::size).sum();
	}

	@Override
	void add(List<InFlightRecord> records) {
		if (!records.isEmpty()) {
			queue(records.get(0)).add(records);
		}
	}

	@Override
	void addRetry(InFlightRecord record) {
		queue(record).addRetry(record);
	}

	@Override
	void discard(InFlightRecord record) {
		queue(record).discard(record);
	}

	private BatchQueue queue(InFlightRecord record) {
		Object key = this.partitionsApart ? record.partition() : this;
		return this.queues.computeIfAbsent(key, (added) -> new BatchQueue(this.limits, executor(), timer()));
	}

}
