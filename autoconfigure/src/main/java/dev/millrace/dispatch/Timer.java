package dev.millrace.dispatch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Time as the engine sees it: a clock and an alarm. One for an application, so that tests
 * may let it pass as they like.
 */
public interface Timer extends InstantSource {

	/**
	 * The real time. Tasks run on a daemon thread of the JDK that all timers share.
	 */
	Timer SYSTEM = new Timer() {

		@Override
		public long nanoTime() {
			return System.nanoTime();
		}

		@Override
		public Instant instant() {
			return Instant.now();
		}

		@Override
		public void schedule(long delayNanos, Runnable task) {
			CompletableFuture.delayedExecutor(delayNanos, TimeUnit.NANOSECONDS, Runnable::run).execute(task);
		}

	};

	/**
	 * Return the current time, to be compared with other values of the same timer only.
	 * @return the time in nanoseconds
	 */
	long nanoTime();

	/**
	 * Run a short task once, later.
	 * @param delayNanos the delay in nanoseconds
	 * @param task the task; it must not block
	 */
	void schedule(long delayNanos, Runnable task);

}
