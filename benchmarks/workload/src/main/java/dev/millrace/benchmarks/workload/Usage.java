package dev.millrace.benchmarks.workload;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an application uses for each record after the warm-up.
 */
public final class Usage {

	private final AtomicInteger records = new AtomicInteger();

	private final int warmUp;

	private volatile Consumption warm = Consumption.now();

	/**
	 * Creates a counter.
	 * @param workload what is handled
	 */
	public Usage(Workload workload) {
		this.warmUp = workload.warmUp();
	}

	/**
	 * Count a record. Call from any thread.
	 */
	public void record() {
		if (this.records.incrementAndGet() == this.warmUp) {
			this.warm = Consumption.now();
		}
	}

	/**
	 * Report when the application is told to end.
	 */
	public void reportAtEnd() {
		Output.awaitEndOfInput();
		Output.report(Consumption.now().perRecord(this.warm, this.records.get() - this.warmUp));
	}

}
