package dev.millrace.config;

import java.time.Instant;

import dev.millrace.dispatch.Timer;

/**
 * Time of an application: a bean, so that tests may let it pass as they like. Retries,
 * rates and what else waits within the engine goes by it; clients of Kafka don't.
 */
public interface EngineTime extends Timer {

	/**
	 * Return the real time.
	 * @return the system's time
	 */
	static EngineTime ofSystem() {
		return new EngineTime() {

			@Override
			public long nanoTime() {
				return SYSTEM.nanoTime();
			}

			@Override
			public Instant instant() {
				return SYSTEM.instant();
			}

			@Override
			public void schedule(long delayNanos, Runnable task) {
				SYSTEM.schedule(delayNanos, task);
			}

		};
	}

}
