package dev.millrace.benchmarks.workload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks that the records of a key run one at a time and in their order.
 */
final class KeyOrder {

	private static final long RUNNING = Long.MIN_VALUE;

	private final Map<String, AtomicLong> states = new ConcurrentHashMap<>();

	private final AtomicInteger violations = new AtomicInteger();

	void begin(Order record) {
		long previous = state(record).getAndSet(RUNNING);
		if (previous == RUNNING || previous >= record.id()) {
			this.violations.incrementAndGet();
		}
	}

	void end(Order record) {
		state(record).set(record.id());
	}

	int violations() {
		return this.violations.get();
	}

	private AtomicLong state(Order record) {
		return this.states.computeIfAbsent(record.customer(), (customer) -> new AtomicLong(-1));
	}

}
