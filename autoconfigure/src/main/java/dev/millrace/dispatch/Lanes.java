package dev.millrace.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The lanes of one subscriber. They outlive assignments: when a partition comes back
 * while a record of its earlier assignment still runs, that record's lane is not free, so
 * two records of one lane never run at the same time. Safe for use by several threads.
 */
public class Lanes {

	/**
	 * Consumers and producers need some too.
	 */
	private static final int PROCESSORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private static final int MEMORY = 500;

	private final ConcurrentMap<Object, Lane> lanes = new ConcurrentHashMap<>();

	private final LaneSelector selector;

	private final RateLimit rate;

	private final LaneExecutor executor;

	private final Timer timer;

	/**
	 * Create the lanes of a subscriber.
	 * @param selector chooses the lane of a record
	 * @param threads runs the lanes
	 * @param concurrency how many records run at once
	 * @param maxRate how many records are begun in a second, infinite for no limit
	 * @param timer the time
	 */
	public Lanes(LaneSelector selector, Executor threads, int concurrency, double maxRate, Timer timer) {
		this(selector, threads, concurrency, maxRate, timer, RunContext.NONE);
	}

	/**
	 * Create the lanes of a subscriber.
	 * @param selector chooses the lane of a record
	 * @param threads runs the lanes
	 * @param concurrency how many records run at once
	 * @param maxRate how many records are begun in a second, infinite for no limit
	 * @param timer the time
	 * @param context surrounds what is done with a record
	 */
	public Lanes(LaneSelector selector, Executor threads, int concurrency, double maxRate, Timer timer,
			RunContext context) {
		// Whether threads are held up is a matter of real time.
		this(selector, threads, concurrency, maxRate, timer, context, new Pace(PROCESSORS, MEMORY), Timer.SYSTEM);
	}

	Lanes(LaneSelector selector, Executor threads, int concurrency, double maxRate, Timer timer, RunContext context,
			Pace pace, Timer clock) {
		this.selector = selector;
		this.rate = new RateLimit(timer, maxRate);
		this.executor = new LaneExecutor(threads, concurrency, this.rate, context, pace, clock);
		this.timer = timer;
	}

	/**
	 * Change how many records run at once. Those that run are not disturbed.
	 * @param concurrency the number of records, from 1
	 */
	public final void concurrency(int concurrency) {
		this.executor.resize(concurrency);
	}

	/**
	 * Change how many records are begun in a second.
	 * @param maxRate the number of records, greater than 0; infinite for no limit
	 */
	public final void maxRate(double maxRate) {
		this.rate.change(maxRate);
	}

	/**
	 * Return how many lanes have work.
	 * @return the number of lanes
	 */
	public int size() {
		return this.lanes.size();
	}

	/**
	 * Let nothing that was added wait for company any longer.
	 */
	public void flush() {
		// A record runs alone.
	}

	final Object laneKey(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
		return this.selector.laneKey(partition, record);
	}

	final long nanoTime() {
		return this.timer.nanoTime();
	}

	/**
	 * Add records behind all others.
	 * @param records records of one partition, in their order
	 */
	void add(List<InFlightRecord> records) {
		int from = 0;
		while (from < records.size()) {
			Object key = records.get(from).laneKey();
			int to = from + 1;
			while (to < records.size() && records.get(to).laneKey() == key) {
				to++;
			}
			add(records, from, to);
			from = to;
		}
	}

	private void add(List<InFlightRecord> records, int from, int to) {
		InFlightRecord first = records.get(from);
		Lane lane = lane(first);
		while (!lane.add(records, from, to)) {
			lane = replace(lane, first);
		}
	}

	final void addRetry(InFlightRecord record, Duration delay) {
		record.dueNanos = this.timer.nanoTime() + delay.toNanos();
		addRetry(record);
	}

	void addRetry(InFlightRecord record) {
		Lane lane = lane(record);
		while (!lane.addRetry(record)) {
			lane = replace(lane, record);
		}
	}

	/**
	 * Leave a record whose assignment has ended.
	 * @param record the record
	 */
	void discard(InFlightRecord record) {
		Lane lane = this.lanes.get(record.laneKey());
		if (lane != null) {
			lane.prune();
		}
	}

	final long virtualTime() {
		return this.executor.virtualTime();
	}

	final LaneExecutor executor() {
		return this.executor;
	}

	final Timer timer() {
		return this.timer;
	}

	private Lane lane(InFlightRecord record) {
		Object key = record.laneKey();
		Lane lane = this.lanes.get(key);
		return (lane != null) ? lane : this.lanes.computeIfAbsent(key, this::newLane);
	}

	private Lane replace(Lane retired, InFlightRecord record) {
		this.lanes.remove(record.laneKey(), retired);
		return lane(record);
	}

	private Lane newLane(Object key) {
		return new Lane(key, this.lanes, this.executor, this.timer);
	}

}
