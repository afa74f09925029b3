package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import dev.millrace.Ordering;

/**
 * One schedule. The engine is real; its threads, its clock and its consumer are actions
 * of which chance picks the next one, so that a seed is a schedule. All of it happens on
 * one thread: where other threads could act while a handler runs, a task is handed to the
 * executor or partitions are given up, further actions are picked there and then.
 */
final class Interleaving {

	private static final int STEPS = 80;

	private static final int STEPS_TO_SETTLE = 5000;

	private static final int DEPTH = 4;

	private final ManualTimer timer = new ManualTimer();

	private final List<Runnable> tasks = new ArrayList<>();

	private final List<String> trace = new ArrayList<>();

	private final Random random;

	private final RecordHandler handler;

	private final Lanes lanes;

	private final EngineModel model;

	private final ConsumerModel consumer;

	private int depth;

	private boolean settling;

	/**
	 * Whether a task has taken records that the model does not know of yet; whatever
	 * happens until their handler is called may as well happen before or after.
	 */
	private boolean taking;

	Interleaving(Ordering ordering, boolean together, long seed) {
		this.random = new Random(seed);
		int concurrency = 1 + this.random.nextInt(4);
		int high = 1 + this.random.nextInt(12);
		int low = this.random.nextInt(high);
		List<PartitionModel> partitions = IntStream.range(0, 2)
			.mapToObj((number) -> new PartitionModel(number, 5 + this.random.nextInt(15), this.random))
			.toList();
		BatchLimits limits = together ? new BatchLimits(1 + this.random.nextInt(6),
				Duration.ofSeconds(this.random.nextInt(3)), 1 + this.random.nextInt(4))
				: new BatchLimits(1, Duration.ZERO, 1);
		this.trace.add("concurrency %d, window %d to %d, %s".formatted(concurrency, low, high, limits));
		this.model = new EngineModel(partitions, new WindowLimits(high, low, false), concurrency,
				new BatchModel(ordering, limits, this.timer), this.timer);
		this.handler = together ? (BatchHandler) this::handle : (record) -> handle(List.of(record));
		this.lanes = together ? EngineFixture.lanes(ordering, limits, this::execute, concurrency, this.timer)
				: EngineFixture.lanes(ordering, this::execute, concurrency, 1 + this.random.nextInt(3), this.timer);
		Assignment assignment = EngineFixture.assignment(this.lanes, this.handler, high, low, this::wakeUp);
		this.consumer = new ConsumerModel(this.model, ordering, assignment, this.random, this::interleave, this::trace);
	}

	/** Run it, and return what was wrong. */
	List<String> run() {
		Thread thread = Thread.currentThread();
		thread.setUncaughtExceptionHandler(
				(where, failure) -> this.model.check(failure instanceof HandlerBug, "The engine failed: " + failure));
		try {
			for (int i = 0; i < STEPS && this.model.violations.isEmpty(); i++) {
				step();
			}
			settle();
		}
		catch (RuntimeException failure) {
			this.model.check(false, "The engine failed: " + failure);
		}
		finally {
			thread.setUncaughtExceptionHandler(null);
		}
		return this.model.violations;
	}

	List<String> trace() {
		return this.trace;
	}

	/** Whatever has begun comes to an end, without a poll that times out. */
	private void settle() {
		trace("settle");
		this.settling = true;
		this.consumer.settle();
		this.consumer.assign();
		int steps = 0;
		while (this.model.violations.isEmpty() && step()) {
			this.model.check(++steps < STEPS_TO_SETTLE, "I10 never comes to rest");
		}
		if (!this.model.violations.isEmpty()) {
			return;
		}
		this.model.partitions.forEach((partition) -> this.model.check(partition.isDone(),
				"I10 nothing happens any more, and there is work left in " + partition + " " + partition.epoch));
		if (this.model.violations.isEmpty()) {
			this.consumer.finish();
		}
		this.model.check(this.lanes.size() == 0, "I8 lanes are left");
	}

	private boolean step() {
		List<Runnable> actions = actions();
		if (actions.isEmpty()) {
			return false;
		}
		pick(actions).run();
		if (this.depth == 0) {
			this.model.checkIdle(this.consumer.idle());
			if (this.tasks.isEmpty()) {
				this.model.checkAtRest(this.lanes.size());
			}
		}
		return true;
	}

	private List<Runnable> actions() {
		List<Runnable> actions = new ArrayList<>();
		this.consumer.addActions(actions);
		List<RecordModel> started = this.model.live(RecordModel.State.STARTED);
		List<RunModel> held = this.model.runs().stream().filter((run) -> run.stage != null).toList();
		if (!this.tasks.isEmpty()) {
			actions.add(this::runTask);
		}
		if (!started.isEmpty()) {
			actions.add(() -> end(pick(started)));
		}
		if (!held.isEmpty()) {
			actions.add(() -> complete(pick(held)));
		}
		if (this.timer.pending() > 0) {
			actions.add(this::tick);
		}
		return actions;
	}

	/** Other threads get a chance. */
	private void interleave() {
		if (this.depth == DEPTH) {
			return;
		}
		this.depth++;
		for (int i = this.random.nextInt(3); i > 0; i--) {
			step();
		}
		this.depth--;
	}

	private void execute(Runnable task) {
		this.tasks.add(task);
		if (!this.taking) {
			interleave();
		}
	}

	private void runTask() {
		trace("run");
		this.taking = true;
		this.tasks.remove(this.random.nextInt(this.tasks.size())).run();
		this.taking = false;
	}

	private void tick() {
		trace("tick");
		this.timer.advance(Duration.ofSeconds(1));
	}

	private void wakeUp() {
		this.consumer.wakeUp();
	}

	private CompletionStage<?> handle(List<InFlightRecord> inFlight) {
		this.taking = false;
		RunModel run = this.model.started(inFlight);
		trace("start " + run);
		for (RecordModel record : run.records) {
			interleave();
			if (record.is(RecordModel.State.STARTED) && this.random.nextInt(3) > 0) {
				if (!this.settling && this.random.nextInt(8) == 0) {
					fail(run);
				}
				end(record);
			}
		}
		if (this.random.nextInt(3) == 0) {
			trace("hold " + run);
			CompletableFuture<Void> stage = new CompletableFuture<>();
			run.stage = stage;
			interleave();
			return stage;
		}
		interleave();
		trace("return " + run);
		run.over();
		return null;
	}

	private void fail(RunModel run) {
		trace("bug " + run);
		run.records.stream()
			.filter((record) -> record.is(RecordModel.State.STARTED))
			.forEach((record) -> this.model.retrying(record, Duration.ofSeconds(1).toNanos()));
		run.over();
		throw new HandlerBug();
	}

	/** Finish or retry, in the handler or long after it. */
	private void end(RecordModel record) {
		if (this.settling || this.random.nextInt(4) > 0) {
			trace("finish " + record);
			this.model.finished(record);
			record.inFlight.finish();
			return;
		}
		Duration delay = Duration.ofSeconds(this.random.nextInt(4));
		trace("retry " + record + " in " + delay.toSeconds());
		this.model.retrying(record, delay.toNanos());
		record.epoch.retryCalls++;
		record.inFlight.retry(delay, this.handler);
		record.epoch.retryCalls--;
	}

	private void complete(RunModel run) {
		trace("complete " + run);
		CompletableFuture<Void> stage = run.stage;
		run.stage = null;
		run.over();
		if (this.random.nextBoolean()) {
			stage.complete(null);
		}
		else {
			stage.completeExceptionally(new HandlerBug());
		}
	}

	private <T> T pick(List<T> items) {
		return items.get(this.random.nextInt(items.size()));
	}

	private void trace(String action) {
		this.trace.add("  ".repeat(this.depth) + action);
	}

	private static final class HandlerBug extends RuntimeException {

		private static final long serialVersionUID = 1L;

		HandlerBug() {
			super("bug", null, false, false);
		}

	}

}
