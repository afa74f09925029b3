package dev.millrace.request;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Threads on which applications get their answers.
 */
final class ReplyThreads {

	private ReplyThreads() {
	}

	/**
	 * Create threads of which more come up while some of them wait for other futures, as
	 * for the answer to a request that an answer has led to.
	 * @return the threads
	 */
	static ExecutorService create() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return new ForkJoinPool(Runtime.getRuntime().availableProcessors(), (pool) -> {
			ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
			thread.setName("millrace-reply-" + thread.getPoolIndex());
			thread.setContextClassLoader(loader);
			return thread;
		}, null, true);
	}

}
