package dev.millrace.test.broker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.kafka.common.errors.InterruptException;

/**
 * What a client waits for. It stays raised until somebody has waited for it, so that
 * nothing is missed between looking and waiting.
 */
final class Signal {

	private final ReentrantLock lock;

	private final Condition condition;

	private final Condition idleness;

	private boolean raised;

	private boolean idle;

	/**
	 * Create a signal that nobody has raised.
	 * @param lock the broker's lock
	 * @param idleness told when somebody begins to wait
	 */
	Signal(ReentrantLock lock, Condition idleness) {
		this.lock = lock;
		this.condition = lock.newCondition();
		this.idleness = idleness;
	}

	void raise() {
		this.lock.lock();
		try {
			this.raised = true;
			this.condition.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until the signal is raised or the time is up.
	 * @param deadline when the time is up
	 * @return whether it was raised
	 */
	boolean await(Deadline deadline) {
		this.lock.lock();
		try {
			this.idle = true;
			this.idleness.signalAll();
			long left = deadline.left();
			while (!this.raised && left > 0) {
				left = this.condition.awaitNanos(left);
			}
			this.idle = !this.raised;
			this.raised = false;
			return !this.idle;
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forget that it was raised, as its client is about to look at everything.
	 */
	void clear() {
		this.lock.lock();
		try {
			this.raised = false;
			this.idle = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether its client has looked after everything that there was, and found
	 * nothing more. Needs the lock.
	 * @return whether it is idle
	 */
	boolean isIdle() {
		return this.idle && !this.raised;
	}

}
