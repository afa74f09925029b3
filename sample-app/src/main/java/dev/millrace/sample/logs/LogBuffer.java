package dev.millrace.sample.logs;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.stereotype.Component;

/**
 * Log events on their way to the broker. Who logs never waits: when the broker doesn't
 * take them fast enough, new events are dropped and counted.
 */
@Component
class LogBuffer {

	static final int CAPACITY = 1000;

	private final BlockingQueue<LogEvent> events = new ArrayBlockingQueue<>(CAPACITY);

	private final AtomicLong dropped = new AtomicLong();

	void add(LogEvent event) {
		if (!this.events.offer(event)) {
			countDropped();
		}
	}

	LogEvent take() throws InterruptedException {
		return this.events.take();
	}

	void countDropped() {
		this.dropped.incrementAndGet();
	}

	long dropped() {
		return this.dropped.get();
	}

}
