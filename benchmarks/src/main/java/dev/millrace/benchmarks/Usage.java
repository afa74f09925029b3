package dev.millrace.benchmarks;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Processor time of this application, for each record after the warm-up.
 */
final class Usage {

	private final AtomicInteger records = new AtomicInteger();

	private volatile long warmUp;

	/**
	 * Count a record. Call from any thread.
	 */
	void record() {
		if (this.records.incrementAndGet() == ThroughputBenchmark.WARM_UP) {
			this.warmUp = Environment.processorTime();
		}
	}

	/**
	 * Report when the application is told to end.
	 */
	void reportAtEnd() {
		ApplicationProcess.awaitEndOfInput();
		double used = Environment.processorTime() - this.warmUp;
		int counted = this.records.get() - ThroughputBenchmark.WARM_UP;
		ApplicationProcess.report(Map.of("client processor, us/record", used / 1e3 / counted));
	}

}
