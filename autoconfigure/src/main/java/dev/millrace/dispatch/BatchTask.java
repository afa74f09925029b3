package dev.millrace.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Runs one batch: takes it when there is a slot for it, holds it up as long as the rate
 * says, and lets its lanes go on when it has ended.
 */
final class BatchTask implements LaneTask {

	private static final Duration AFTER_BUG = Duration.ofSeconds(1);

	private final BatchQueue queue;

	private final LaneExecutor executor;

	private final Timer timer;

	private @Nullable Batch batch;

	private boolean over;

	BatchTask(BatchQueue queue, LaneExecutor executor, Timer timer) {
		this.queue = queue;
		this.executor = executor;
		this.timer = timer;
	}

	@Override
	public long startTag() {
		return 0;
	}

	@Override
	public Turn run(LaneExecutor.Worker worker) {
		Batch taken = (this.batch != null) ? this.batch : this.queue.take();
		this.batch = taken;
		if (this.over || taken.isEmpty()) {
			return Turn.OVER;
		}
		long wait = worker.tryBegin(taken.records());
		if (wait > 0) {
			this.timer.schedule(wait, () -> this.executor.resume(this));
			return Turn.HELD;
		}
		Batch started = taken.start();
		if (started != taken) {
			this.queue.release(taken.lanes().stream().filter((lane) -> !started.lanes().contains(lane)).toList());
		}
		CompletionStage<?> hold = handle(started.records(), worker);
		if (hold != null) {
			hold.whenComplete((result, failure) -> {
				end(started);
				this.executor.resume(this);
			});
			return Turn.HELD;
		}
		end(started);
		return Turn.OVER;
	}

	private void end(Batch started) {
		this.over = true;
		this.queue.release(started.lanes());
	}

	private @Nullable CompletionStage<?> handle(List<InFlightRecord> records, LaneExecutor.Worker worker) {
		if (records.isEmpty()) {
			return null;
		}
		RecordHandler handler = records.get(0).handler();
		try (RunContext.Run run = worker.enter(records)) {
			return (handler instanceof BatchHandler together) ? together.handleBatch(records)
					: handler.handle(records.get(0));
		}
		catch (Throwable bug) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
			records.stream()
				.filter(InFlightRecord::isRunning)
				.forEach((record) -> record.retry(AFTER_BUG, record.handler()));
			return null;
		}
		finally {
			// A flag that a handler has set is no business of the next one.
			Thread.interrupted();
		}
	}

}
