package dev.millrace.codec;

import java.io.Closeable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.common.utils.Utils;

/**
 * Instances of something that only one thread at a time may use, made when they are
 * needed.
 *
 * @param <T> the type of the instances
 */
final class InstancePool<T extends Closeable> {

	private final Supplier<? extends T> factory;

	private final Class<?> type;

	private final int size;

	private final Semaphore permits;

	private final Queue<T> idle = new ConcurrentLinkedQueue<>();

	/**
	 * Create a pool with one instance in it.
	 * @param factory makes the instances
	 * @param size how many there are at most
	 */
	InstancePool(Supplier<? extends T> factory, int size) {
		this.factory = factory;
		this.size = size;
		this.permits = new Semaphore(size);
		T first = factory.get();
		this.type = first.getClass();
		this.idle.add(first);
	}

	/**
	 * Return the type of the instances.
	 * @return the type of the first
	 */
	Class<?> type() {
		return this.type;
	}

	/**
	 * Return how many instances there are at most.
	 * @return the number
	 */
	int size() {
		return this.size;
	}

	<R> R use(Function<? super T, ? extends R> function) throws InterruptedException {
		this.permits.acquire();
		try {
			T free = this.idle.poll();
			T instance = (free != null) ? free : this.factory.get();
			try {
				return function.apply(instance);
			}
			finally {
				this.idle.add(instance);
			}
		}
		finally {
			this.permits.release();
		}
	}

	void close() {
		for (T instance = this.idle.poll(); instance != null; instance = this.idle.poll()) {
			Utils.closeQuietly(instance, this.type.getName());
		}
	}

}
