package dev.millrace.test.fault;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.test.engine.CountedThreads;
import dev.millrace.test.engine.VirtualTime;

/**
 * Has an application crash within a JVM that goes on: its clients are cut off without a
 * commit and without a word to the broker, its handlers are interrupted, and what they do
 * afterwards goes nowhere. When nothing of the old life is left, the broker does what it
 * does when it misses somebody for long enough, and the containers start again.
 */
public final class Crash {

	private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

	private static final long PAUSE_NANOS = 100_000;

	private final ClientFaults faults;

	private final HandlerGate gate;

	private final CountedThreads threads;

	private final VirtualTime time;

	private final Containers containers;

	private final DeadClients dead;

	private @Nullable Thread pending;

	private volatile boolean cancelled;

	private @Nullable RuntimeException failure;

	/**
	 * Create what has an application crash.
	 * @param faults of its clients
	 * @param gate in front of its handlers
	 * @param threads of its handlers
	 * @param time the time
	 * @param containers its containers
	 * @param dead what the broker does about its clients
	 */
	public Crash(ClientFaults faults, HandlerGate gate, CountedThreads threads, VirtualTime time, Containers containers,
			DeadClients dead) {
		this.faults = faults;
		this.gate = gate;
		this.threads = threads;
		this.time = time;
		this.containers = containers;
		this.dead = dead;
	}

	/**
	 * Crash now, and come back.
	 */
	public void now() {
		now(() -> {
		}, (id) -> true);
	}

	/**
	 * Crash now, and come back when something else is done. A crash that was to come does
	 * not any more.
	 * @param meanwhile done when nothing is left of the old life
	 * @param concerned which containers stop and start, by their ids; others have nothing
	 * to do
	 */
	public void now(Runnable meanwhile, Predicate<String> concerned) {
		cancel();
		crash(meanwhile, concerned);
	}

	private void crash(Runnable meanwhile, Predicate<String> concerned) {
		this.gate.close();
		this.faults.cut(true);
		this.threads.interrupt();
		List<MessageListenerContainer> stopped = this.containers.running()
			.stream()
			.filter((container) -> concerned.test(container.getListenerId()))
			.toList();
		CountDownLatch running = new CountDownLatch(stopped.size());
		stopped.forEach((container) -> container.stop(running::countDown));
		try {
			awaitEnd(stopped, running);
			meanwhile.run();
		}
		finally {
			this.faults.holdCommits(false);
			this.faults.cut(false);
			this.gate.open();
			stopped.forEach(MessageListenerContainer::start);
		}
	}

	private void awaitEnd(List<MessageListenerContainer> stopped, CountDownLatch running) {
		await(() -> running.getCount() == 0, "containers have not stopped");
		// What waits for its time belongs to the old life, and finds out.
		await(() -> {
			this.time.ringAll();
			return this.threads.working() == 0 && this.containers.areIdle() && this.faults.isConfirmed();
		}, "handlers have not ended");
		this.dead.remove(stopped.stream().map(MessageListenerContainer::getGroupId).filter(Objects::nonNull).toList());
	}

	/**
	 * Crash when handlers were called a number of times, and come back. Until then
	 * nothing is committed that need not be. A crash that was to come does not any more.
	 * @param calls the number of calls
	 */
	public void after(int calls) {
		cancel();
		this.faults.holdCommits(true);
		this.gate.limit(calls);
		Thread thread = new Thread(this::awaitCalls, "stream-test-crash");
		thread.setDaemon(true);
		synchronized (this) {
			this.cancelled = false;
			this.pending = thread;
		}
		thread.start();
	}

	/**
	 * Return what is still to come.
	 * @return for people to read, or {@code null} when nothing is
	 */
	public synchronized @Nullable String pending() {
		if (this.failure != null) {
			return "The application has not come back from its crash: " + this.failure.getMessage();
		}
		if (this.pending == null) {
			return null;
		}
		int left = this.gate.left();
		return (left > 0) ? "The application is to crash after %d more calls of handlers".formatted(left)
				: "The application has crashed and is coming back";
	}

	/**
	 * Do not crash any more.
	 */
	public void cancel() {
		Thread thread;
		synchronized (this) {
			thread = this.pending;
			this.failure = null;
		}
		if (thread == null) {
			return;
		}
		this.cancelled = this.gate.left() > 0;
		if (this.cancelled) {
			this.gate.open();
		}
		await(() -> !thread.isAlive(), "the last crash is not over");
		this.faults.holdCommits(false);
	}

	private void awaitCalls() {
		try {
			while (this.gate.left() > 0) {
				if (this.cancelled) {
					return;
				}
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			// What those calls have published gets to the broker: the worst that can
			// happen.
			await(() -> this.threads.working() == this.gate.waiting() && this.faults.isConfirmed(),
					"records were not sent");
			crash(() -> {
			}, (id) -> true);
		}
		catch (RuntimeException ex) {
			synchronized (this) {
				this.failure = ex;
			}
		}
		finally {
			synchronized (this) {
				this.pending = null;
			}
		}
	}

	private static void await(BooleanSupplier condition, String otherwise) {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new IllegalStateException("Crash of the application: " + otherwise
						+ " within 30 seconds. A handler has to end when its thread is interrupted");
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	/**
	 * The containers of an application.
	 */
	public interface Containers {

		/**
		 * Return those that run.
		 * @return the containers
		 */
		List<MessageListenerContainer> running();

		/**
		 * Return whether none of their records is worked on.
		 * @return whether that is so
		 */
		boolean areIdle();

	}

}
