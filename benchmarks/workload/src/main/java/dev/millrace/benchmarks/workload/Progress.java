package dev.millrace.benchmarks.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the records of a workload, and measures from the end of the warm-up until the
 * last record of a customer who is not hot.
 */
final class Progress {

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostRunning = new AtomicInteger();

	private final AtomicInteger others = new AtomicInteger();

	private final Workload workload;

	private final AtomicInteger left;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile Consumption warm = Consumption.now();

	private volatile Consumption last = Consumption.now();

	private volatile long end;

	Progress(Workload workload) {
		this.workload = workload;
		this.left = new AtomicInteger(workload.records());
	}

	void begin() {
		int now = this.running.incrementAndGet();
		if (now > this.mostRunning.get()) {
			this.mostRunning.accumulateAndGet(now, Math::max);
		}
	}

	void end(Order record) {
		this.running.decrementAndGet();
		if (!record.ofHotCustomer()) {
			int count = this.others.incrementAndGet();
			if (count == this.workload.warmUp()) {
				this.warm = Consumption.now();
			}
			if (count == this.workload.warmUp() + this.workload.measured()) {
				this.last = Consumption.now();
			}
		}
		if (this.left.decrementAndGet() == 0) {
			this.end = System.currentTimeMillis();
			this.done.countDown();
		}
	}

	void awaitEnd() throws InterruptedException {
		this.done.await();
	}

	Map<String, Double> values() {
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("records/s", this.workload.measured() * 1e9 / (this.last.time() - this.warm.time()));
		values.putAll(this.last.perRecord(this.warm, this.workload.measured()));
		values.put("most at once", (double) this.mostRunning.get());
		values.put(WaitingHandler.END, (double) this.end);
		return values;
	}

}
