package dev.millrace.dispatch;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets a window grow until it holds what is finished in a quarter of a second. A record
 * is on its way for some time although its handler takes none: to the broker and back,
 * and then its commit. A window of a fixed size would make that the speed limit; this one
 * bounds what is handled again after a crash by the time that it takes.
 */
final class WindowGrowth {

	private static final Duration SPAN = Duration.ofMillis(250);

	/** How often the speed is measured. */
	private static final Duration INTERVAL = Duration.ofMillis(100);

	/** What is left of the highest speed after an interval. */
	private static final double MEMORY = 0.95;

	private static final int MOST = 100_000;

	private final Supplier<WindowLimits> limits;

	private long since;

	private long finished;

	private int grown;

	WindowGrowth(Supplier<WindowLimits> limits) {
		this.limits = limits;
	}

	/**
	 * Return the limits that are in force.
	 * @param finished how many records have been finished since the window exists
	 * @param now the time
	 * @return the limits
	 */
	WindowLimits at(long finished, long now) {
		WindowLimits base = this.limits.get();
		long elapsed = now - this.since;
		if (base.growing() && elapsed >= INTERVAL.toNanos()) {
			double measured = (finished - this.finished) * (double) SPAN.toNanos() / elapsed;
			// A partition has its records in bursts, as they are fetched
			this.grown = (int) Math.min(MOST, Math.max(measured, this.grown * MEMORY));
			this.since = now;
			this.finished = finished;
		}
		return base.grownTo(this.grown);
	}

}
