package dev.millrace.test.engine;

import java.util.concurrent.atomic.AtomicInteger;

import dev.millrace.config.LaneThreads;

/**
 * Threads of handlers of which it is known how many are at work.
 */
public final class CountedThreads implements LaneThreads {

	private final AtomicInteger working = new AtomicInteger();

	private final LaneThreads threads;

	/**
	 * Count threads.
	 * @param threads the threads
	 */
	public CountedThreads(LaneThreads threads) {
		this.threads = threads;
	}

	@Override
	public void execute(Runnable task) {
		this.working.incrementAndGet();
		try {
			this.threads.execute(() -> run(task));
		}
		catch (RuntimeException ex) {
			this.working.decrementAndGet();
			throw ex;
		}
	}

	/**
	 * Return whether no handler runs and none is about to.
	 * @return whether that is so
	 */
	public boolean isIdle() {
		return this.working.get() == 0;
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		finally {
			this.working.decrementAndGet();
		}
	}

}
