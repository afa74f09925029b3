package dev.millrace.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the records of a workload, and measures from the end of the warm-up until the
 * last record of a customer who is not hot.
 */
final class Progress {

	/** When the last record was handled, in milliseconds since the epoch. */
	static final String END = "end";

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostRunning = new AtomicInteger();

	private final AtomicInteger others = new AtomicInteger();

	private final Workload workload;

	private final AtomicInteger left;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile Moment warm = Moment.now();

	private volatile Moment last = Moment.now();

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
		if (!record.isHot()) {
			int count = this.others.incrementAndGet();
			if (count == this.workload.warmUp()) {
				this.warm = Moment.now();
			}
			if (count == this.workload.warmUp() + this.workload.others()) {
				this.last = Moment.now();
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
		values.put("records/s", this.workload.others() * 1e9 / (this.last.time() - this.warm.time()));
		values.put("client processor, us/record",
				(this.last.processorTime() - this.warm.processorTime()) / 1e3 / this.workload.others());
		values.put("most at once", (double) this.mostRunning.get());
		values.put(END, (double) this.end);
		return values;
	}

	/**
	 * Point in time.
	 *
	 * @param time the time
	 * @param processorTime the processor time that was used until then
	 */
	private record Moment(long time, long processorTime) {

		static Moment now() {
			return new Moment(System.nanoTime(), Environment.processorTime());
		}

	}

}
