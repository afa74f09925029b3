package dev.millrace.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Timer whose time passes when a test says so.
 */
public class ManualTimer implements Timer {

	private final List<Alarm> alarms = new ArrayList<>();

	private long now;

	@Override
	public synchronized long nanoTime() {
		return this.now;
	}

	@Override
	public Instant instant() {
		return Instant.EPOCH.plusNanos(nanoTime());
	}

	@Override
	public synchronized void schedule(long delayNanos, Runnable task) {
		this.alarms.add(new Alarm(this.now + delayNanos, task));
	}

	/**
	 * Let time pass, and what is due run.
	 * @param duration how much time
	 */
	public void advance(Duration duration) {
		long until = nanoTime() + duration.toNanos();
		for (Alarm alarm = next(until); alarm != null; alarm = next(until)) {
			alarm.task().run();
		}
		synchronized (this) {
			// An alarm may have advanced the time itself.
			this.now = Math.max(this.now, until);
		}
	}

	synchronized int pending() {
		return this.alarms.size();
	}

	private synchronized Alarm next(long until) {
		Alarm first = this.alarms.stream()
			.filter((alarm) -> alarm.at() <= until)
			.min(Comparator.comparingLong(Alarm::at))
			.orElse(null);
		if (first != null) {
			this.alarms.remove(first);
			this.now = Math.max(this.now, first.at());
		}
		return first;
	}

	private record Alarm(long at, Runnable task) {

	}

}
