package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * What a producer has still to send, and the thread that does: one after the other, in
 * the order of {@code send}, with their callbacks.
 */
final class SendQueue {

	private final String clientId;

	private final BrokerLock lock;

	private final Queue<Send> waiting = new ArrayDeque<>();

	private @Nullable Thread thread;

	private long added;

	private volatile long done;

	private volatile long expected;

	private volatile boolean closed;

	private volatile boolean aborted;

	SendQueue(String clientId, BrokerLock lock) {
		this.clientId = clientId;
		this.lock = lock;
	}

	String clientId() {
		return this.clientId;
	}

	/**
	 * Return whether the queue gives up what it has not sent.
	 * @return whether the producer was closed and does not wait
	 */
	boolean isAborted() {
		return this.aborted;
	}

	boolean isClosed() {
		return this.closed;
	}

	boolean isIdle() {
		return this.done == this.expected;
	}

	synchronized void add(Send send) {
		requireOpen();
		this.waiting.add(send);
		this.added++;
		this.expected = this.added;
		if (this.thread == null) {
			this.thread = new Thread(this::run, "kafka-producer-network-thread | " + this.clientId);
			this.thread.setDaemon(true);
			this.thread.start();
		}
		notifyAll();
	}

	void requireOpen() {
		if (this.closed) {
			throw new IllegalStateException("Cannot perform operation after producer has been closed");
		}
	}

	/**
	 * Wait until everything is done that was added before.
	 */
	synchronized void flush() {
		if (isCalledBack()) {
			throw new KafkaException(
					"KafkaProducer.flush() invocation inside a callback is not permitted because it may"
							+ " lead to deadlock.");
		}
		awaitDone(this.added, Deadline.in(Duration.ofSeconds(Long.MAX_VALUE)));
	}

	/**
	 * Send what there is, as far as there is time, and give up the rest.
	 * @param deadline how long that may take
	 */
	void close(Deadline deadline) {
		synchronized (this) {
			this.closed = true;
			notifyAll();
			if (!isCalledBack()) {
				awaitDone(this.added, deadline);
			}
			this.aborted = true;
		}
		this.lock.changed();
		synchronized (this) {
			if (!isCalledBack()) {
				awaitDone(this.added, Deadline.in(Duration.ofSeconds(Long.MAX_VALUE)));
			}
		}
	}

	private boolean isCalledBack() {
		return Thread.currentThread() == this.thread;
	}

	private void awaitDone(long target, Deadline deadline) {
		try {
			long left = deadline.left();
			while (this.done < target && left > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, left);
				left = deadline.left();
			}
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
	}

	private void run() {
		for (Send send = next(); send != null; send = next()) {
			send.run();
			synchronized (this) {
				this.done++;
				notifyAll();
			}
			if (isIdle()) {
				this.lock.changed();
			}
		}
	}

	private synchronized @Nullable Send next() {
		try {
			while (this.waiting.isEmpty() && !this.closed) {
				wait();
			}
			return this.waiting.poll();
		}
		catch (InterruptedException ex) {
			return null;
		}
	}

	/**
	 * One record.
	 */
	interface Send {

		void run();

	}

}
