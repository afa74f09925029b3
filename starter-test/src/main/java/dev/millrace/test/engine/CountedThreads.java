package dev.millrace.test.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.millrace.config.LaneThreads;

/**
 * Threads of handlers of which it is known how many are at work.
 */
public final class CountedThreads implements LaneThreads {

	private final AtomicLong begun = new AtomicLong();

	private final AtomicInteger working = new AtomicInteger();

	private final Set<Thread> busy = new HashSet<>();

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
		this.begun.incrementAndGet();
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
		return working() == 0;
	}

	/**
	 * Return how many of the threads are at work, or are about to be.
	 * @return the number of threads
	 */
	public int working() {
		return this.working.get();
	}

	/**
	 * Return how often one of the threads was to begin something.
	 * @return the number, which never falls
	 */
	public long begun() {
		return this.begun.get();
	}

	/**
	 * Interrupt those that are at work.
	 */
	public void interrupt() {
		synchronized (this.busy) {
			this.busy.forEach(Thread::interrupt);
		}
	}

	private void run(Runnable task) {
		Thread thread = Thread.currentThread();
		synchronized (this.busy) {
			this.busy.add(thread);
		}
		try {
			task.run();
		}
		finally {
			synchronized (this.busy) {
				this.busy.remove(thread);
			}
			// Meant for what has just ended, and not for what the thread does next.
			Thread.interrupted();
			this.working.decrementAndGet();
		}
	}

}
