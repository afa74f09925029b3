package dev.millrace.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks that the records of a key run one at a time and in their order, and measures
 * from the end of the warm-up to the end.
 */
final class KeyOrder {

	private static final long RUNNING = Long.MIN_VALUE;

	private final Map<String, AtomicLong> states = new ConcurrentHashMap<>();

	private final AtomicInteger violations = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private final CountDownLatch end = new CountDownLatch(1);

	private final int records;

	private final int warmUp;

	private volatile Moment warm = Moment.now();

	private volatile Moment last = Moment.now();

	KeyOrder(int records) {
		this.records = records;
		this.warmUp = records / 3;
	}

	void begin(Order record) {
		long previous = state(record).getAndSet(RUNNING);
		if (previous == RUNNING || previous >= record.id()) {
			this.violations.incrementAndGet();
		}
	}

	void end(Order record) {
		state(record).set(record.id());
		int count = this.ended.incrementAndGet();
		if (count == this.warmUp) {
			this.warm = Moment.now();
		}
		if (count == this.records) {
			this.last = Moment.now();
			this.end.countDown();
		}
	}

	void awaitEnd() throws InterruptedException {
		this.end.await();
	}

	Map<String, Double> values() {
		int measured = this.records - this.warmUp;
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("records/s", measured * 1e9 / (this.last.time() - this.warm.time()));
		values.put("client processor, us/record",
				(this.last.processorTime() - this.warm.processorTime()) / 1e3 / measured);
		values.put("violations of the order", (double) this.violations.get());
		return values;
	}

	private AtomicLong state(Order record) {
		return this.states.computeIfAbsent(record.customer(), (customer) -> new AtomicLong(-1));
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
