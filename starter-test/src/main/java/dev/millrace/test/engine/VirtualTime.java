package dev.millrace.test.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.millrace.config.EngineTime;

/**
 * Time that passes as it does, and faster when a test has nothing else to wait for. Safe
 * for use by several threads.
 */
public final class VirtualTime implements EngineTime {

	private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::dueNanos));

	private int ringing;

	private long ahead;

	@Override
	public synchronized long nanoTime() {
		return System.nanoTime() + this.ahead;
	}

	@Override
	public synchronized Instant instant() {
		return Instant.now().plusNanos(this.ahead);
	}

	@Override
	public void schedule(long delayNanos, Runnable task) {
		Alarm alarm;
		synchronized (this) {
			alarm = new Alarm(nanoTime() + delayNanos, task);
			this.alarms.add(alarm);
		}
		SYSTEM.schedule(delayNanos, () -> ring(alarm));
	}

	/**
	 * Return whether something waits for its time, and nothing happens right now because
	 * its time has come by itself.
	 * @return whether the time could be moved on
	 */
	public synchronized boolean isAwaited() {
		return !this.alarms.isEmpty() && this.ringing == 0;
	}

	/**
	 * Let the time pass until the next thing happens that waits for it.
	 * @return whether there was one
	 */
	public boolean advanceToNext() {
		return ringNext(Long.MAX_VALUE);
	}

	/**
	 * Let time pass. Everything that waits for less than that happens, in its order.
	 * @param duration the time
	 */
	public void advance(Duration duration) {
		long until;
		synchronized (this) {
			until = nanoTime() + duration.toNanos();
		}
		boolean more = true;
		while (more) {
			more = ringNext(until);
		}
		synchronized (this) {
			advanceTo(until);
		}
	}

	/**
	 * Have everything happen now that waits for its time, without letting time pass.
	 */
	public void ringAll() {
		List<Alarm> all;
		synchronized (this) {
			all = List.copyOf(this.alarms);
			this.alarms.clear();
		}
		all.forEach((alarm) -> alarm.task().run());
	}

	private boolean ringNext(long until) {
		Alarm next;
		synchronized (this) {
			next = this.alarms.peek();
			if (next == null || next.dueNanos() - until > 0) {
				return false;
			}
			this.alarms.remove();
			advanceTo(next.dueNanos());
		}
		next.task().run();
		return true;
	}

	private void ring(Alarm alarm) {
		synchronized (this) {
			if (!this.alarms.remove(alarm)) {
				return;
			}
			this.ringing++;
		}
		try {
			alarm.task().run();
		}
		finally {
			synchronized (this) {
				this.ringing--;
			}
		}
	}

	private void advanceTo(long nanos) {
		this.ahead += Math.max(0, nanos - nanoTime());
	}

	/**
	 * Something that waits. Compared by identity: two may be due at once.
	 */
	private static final class Alarm {

		private final long dueNanos;

		private final Runnable task;

		Alarm(long dueNanos, Runnable task) {
			this.dueNanos = dueNanos;
			this.task = task;
		}

		long dueNanos() {
			return this.dueNanos;
		}

		Runnable task() {
			return this.task;
		}

	}

}
