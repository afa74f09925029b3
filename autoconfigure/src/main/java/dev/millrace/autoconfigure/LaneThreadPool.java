package dev.millrace.autoconfigure;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.millrace.config.LaneThreads;

/**
 * Platform threads, as many as records run.
 */
final class LaneThreadPool implements LaneThreads, AutoCloseable {

	private final ThreadPoolExecutor threads;

	LaneThreadPool(ThreadFactory factory) {
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(),
				factory);
	}

	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	/**
	 * Let idle threads end now. Not a shutdown: what outlives the application may still
	 * have something to finish, and refusing it would be an error without use.
	 */
	@Override
	public void close() {
		this.threads.setKeepAliveTime(0, TimeUnit.SECONDS);
	}

}
