package dev.millrace.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.Ordering;

/**
 * An assignment whose handlers run when a test says so: {@link #run()} runs everything
 * that is ready on the caller's thread; a record stays in flight until the test finishes
 * it.
 */
class EngineFixture {

	static final TopicPartition P0 = new TopicPartition("t", 0);

	static final TopicPartition P1 = new TopicPartition("t", 1);

	final ManualTimer timer = new ManualTimer();

	final Queue<Runnable> threads = new ArrayDeque<>();

	/** Records whose handler was called, in the order of the calls. */
	final List<InFlightRecord> handled = new ArrayList<>();

	/** The offsets of the batches whose handler was called. */
	final List<List<Long>> batches = new ArrayList<>();

	final Lanes lanes;

	final RecordHandler handler;

	final Assignment assignment;

	Function<InFlightRecord, CompletionStage<?>> behaviour = (record) -> null;

	int wakeups;

	boolean stopping;

	EngineFixture(Ordering ordering, int concurrency, int high, int low) {
		this.lanes = lanes(ordering, this.threads::add, concurrency, this.timer);
		this.handler = this::handle;
		this.assignment = newAssignment(high, low);
	}

	/** Records that are fast as long as they don't advance the time. */
	static EngineFixture fast(int concurrency, int processors) {
		return fast(Ordering.PARTITION, concurrency, processors);
	}

	static EngineFixture fast(Ordering ordering, int concurrency, int processors) {
		return new EngineFixture(ordering, concurrency, processors);
	}

	/** One at a time, each a millisecond. */
	static EngineFixture slow(Ordering ordering) {
		EngineFixture engine = new EngineFixture(ordering, 1, 1);
		engine.behaviour = (record) -> {
			engine.timer.advance(Duration.ofMillis(1));
			record.finish();
			return null;
		};
		return engine;
	}

	private EngineFixture(Ordering ordering, int concurrency, int processors) {
		this.lanes = lanes(ordering, this.threads::add, concurrency, processors, this.timer);
		this.handler = this::handle;
		this.assignment = newAssignment(1000, 500);
	}

	/** With a window that grows with the speed. */
	static EngineFixture growing(int high, int low) {
		return new EngineFixture(new WindowLimits(high, low, true));
	}

	private EngineFixture(WindowLimits limits) {
		this.lanes = lanes(Ordering.PARTITION, this.threads::add, 10, this.timer);
		this.handler = this::handle;
		this.assignment = new Assignment(this.lanes, this.handler, () -> limits, () -> this.wakeups++);
	}

	/** Handlers that get batches. */
	EngineFixture(Ordering ordering, int concurrency, BatchLimits limits) {
		this.lanes = lanes(ordering, limits, this.threads::add, concurrency, this.timer);
		this.handler = (BatchHandler) this::handleBatch;
		this.assignment = newAssignment(1000, 500);
	}

	Assignment newAssignment(int high, int low) {
		return assignment(this.lanes, this.handler, high, low, () -> this.stopping, () -> this.wakeups++);
	}

	// The tests of this package create the engine's objects here and nowhere else.

	static Lanes lanes(Ordering ordering, Executor threads, int concurrency, Timer timer) {
		return new Lanes(LaneSelector.of(ordering), threads, concurrency, Double.POSITIVE_INFINITY, timer);
	}

	/** Lanes that judge the pace of records by the last turn, and by the given time. */
	static Lanes lanes(Ordering ordering, Executor threads, int concurrency, int processors, Timer timer) {
		return new Lanes(LaneSelector.of(ordering), threads, concurrency, Double.POSITIVE_INFINITY, timer,
				RunContext.NONE, new Pace(processors, 1), timer);
	}

	static Lanes lanes(Ordering ordering, BatchLimits limits, Executor threads, int concurrency, Timer timer) {
		return new BatchLanes(LaneSelector.of(ordering), ordering, limits, threads, concurrency,
				Double.POSITIVE_INFINITY, timer, RunContext.NONE);
	}

	static Assignment assignment(Lanes lanes, RecordHandler handler, int high, int low, Runnable wakeup) {
		return assignment(lanes, handler, high, low, () -> false, wakeup);
	}

	static Assignment assignment(Lanes lanes, RecordHandler handler, int high, int low, BooleanSupplier stopping,
			Runnable wakeup) {
		return new Assignment(lanes, handler, () -> new WindowLimits(high, low, false), stopping, wakeup);
	}

	static Lane lane(Timer timer) {
		return new Lane("lane", new ConcurrentHashMap<>(), executor(), timer);
	}

	static LaneExecutor.Worker worker(Lane lane) {
		return executor().new Worker(lane);
	}

	private static LaneExecutor executor() {
		return new LaneExecutor(Runnable::run, 1, new RateLimit(Timer.SYSTEM, Double.POSITIVE_INFINITY),
				RunContext.NONE, new Pace(1, 1), Timer.SYSTEM);
	}

	static PartitionWindow window(Lanes lanes, int high, int low, Runnable wakeup) {
		return new PartitionWindow(P0, 0, lanes, () -> new WindowLimits(high, low, false), () -> false, wakeup);
	}

	private CompletionStage<?> handle(InFlightRecord record) {
		this.handled.add(record);
		return this.behaviour.apply(record);
	}

	private CompletionStage<?> handleBatch(List<InFlightRecord> batch) {
		this.batches.add(batch.stream().map(InFlightRecord::offset).toList());
		List<CompletableFuture<?>> holds = new ArrayList<>();
		for (InFlightRecord record : batch) {
			CompletionStage<?> hold = handle(record);
			if (hold != null) {
				holds.add(hold.toCompletableFuture());
			}
		}
		return holds.isEmpty() ? null : CompletableFuture.allOf(holds.toArray(CompletableFuture[]::new));
	}

	/** Finish each record within its handler. */
	EngineFixture finishing() {
		this.behaviour = (record) -> {
			record.finish();
			return null;
		};
		return this;
	}

	/** Hold the lane of each record until it is released. */
	EngineFixture holding(CompletableFuture<?> until) {
		this.behaviour = (record) -> until;
		return this;
	}

	void poll(TopicPartition partition, long... offsets) {
		pollKeyed(partition, null, offsets);
	}

	void pollKeyed(TopicPartition partition, String key, long... offsets) {
		this.assignment.add(partition,
				Arrays.stream(offsets).mapToObj((offset) -> record(partition, offset, key)).toList());
	}

	static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, String key) {
		byte[] keyBytes = (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null;
		return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, keyBytes, new byte[0]);
	}

	void run() {
		for (Runnable task = this.threads.poll(); task != null; task = this.threads.poll()) {
			task.run();
		}
	}

	InFlightRecord handled(long offset) {
		return this.handled.stream().filter((record) -> record.offset() == offset).findFirst().orElseThrow();
	}

	List<Long> handledOffsets() {
		return this.handled.stream().map(InFlightRecord::offset).toList();
	}

	/** The position of a partition that is not committed yet, without committing it. */
	Long position(TopicPartition partition) {
		Commit commit = this.assignment.nextCommit(true);
		if (commit == null) {
			return null;
		}
		commit.failed();
		return commit.positions().get(partition);
	}

	void commit() {
		Commit commit = this.assignment.nextCommit(true);
		if (commit != null) {
			commit.succeeded();
		}
	}

}
