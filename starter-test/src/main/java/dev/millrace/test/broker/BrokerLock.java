package dev.millrace.test.broker;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Guards everything that a broker knows. One lock is enough: nothing that it guards takes
 * longer than copying a few records, and no code of an application runs under it except
 * assignors and listeners of the log.
 */
final class BrokerLock {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition change = this.lock.newCondition();

	void run(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	<T extends @Nullable Object> T call(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	Signal newSignal() {
		return new Signal(this.lock, this.change);
	}

	/**
	 * Tell those who wait for something that it may have come.
	 */
	void changed() {
		run(this.change::signalAll);
	}

	/**
	 * Wait for something.
	 * @param condition whether it has come, called under the lock
	 * @param deadline how long to wait
	 * @return whether it came in time
	 */
	boolean await(BooleanSupplier condition, Deadline deadline) {
		return call(() -> {
			try {
				while (!condition.getAsBoolean()) {
					if (this.change.awaitNanos(deadline.left()) <= 0) {
						return condition.getAsBoolean();
					}
				}
				return true;
			}
			catch (InterruptedException ex) {
				throw new InterruptException(ex);
			}
		});
	}

}
