package dev.millrace.test.broker;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time use a consumer, and no thread after it was closed. The thread
 * that uses it may call it again, from a listener for instance.
 */
final class ConsumerAccess {

	private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

	private int depth;

	private volatile boolean closed;

	<T extends @Nullable Object> T call(Supplier<T> action) {
		enter();
		try {
			if (this.closed) {
				throw new IllegalStateException("This consumer has already been closed.");
			}
			return action.get();
		}
		finally {
			leave();
		}
	}

	void run(Runnable action) {
		enter();
		try {
			if (this.closed) {
				throw new IllegalStateException("This consumer has already been closed.");
			}
			action.run();
		}
		finally {
			leave();
		}
	}

	void close(Runnable action) {
		enter();
		try {
			if (!this.closed) {
				action.run();
			}
		}
		finally {
			this.closed = true;
			leave();
		}
	}

	private void enter() {
		Thread current = Thread.currentThread();
		if (this.user.get() != current && !this.user.compareAndSet(null, current)) {
			throw new ConcurrentModificationException(
					"KafkaConsumer is not safe for multi-threaded access. currentThread(name: %s, id: %d) otherThread(%s)"
						.formatted(current.getName(), current.getId(), this.user.get()));
		}
		this.depth++;
	}

	private void leave() {
		if (--this.depth == 0) {
			this.user.set(null);
		}
	}

}
