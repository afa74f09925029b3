package dev.millrace.guarantee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.common.TopicPartition;

/**
 * What the handlers of several applications did, and what they do meanwhile.
 */
final class HandlingLog {

	private final Map<Integer, Handling> handlings = new ConcurrentHashMap<>();

	private final Queue<Handling> failed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger number = new AtomicInteger();

	private final Work work;

	HandlingLog(Work work) {
		this.work = work;
	}

	/**
	 * A log of handlers that take from 0 to a number of milliseconds, by turns.
	 * @param milliseconds the longest time
	 * @return the log
	 */
	static HandlingLog ofHandlersThatTakeUpTo(int milliseconds) {
		return new HandlingLog((handling) -> {
			// Not random: the same records take the same time in every run.
			long time = (handling.seq() * 7 + handling.key().hashCode()) % (milliseconds + 1);
			LockSupport.parkNanos(Math.abs(time) * 1_000_000);
		});
	}

	void handle(Handling started) throws InterruptedException {
		int number = this.number.incrementAndGet();
		this.handlings.put(number, started);
		try {
			this.work.run(started);
			this.handlings.put(number, started.endedAt(System.nanoTime()));
		}
		catch (RuntimeException ex) {
			this.handlings.remove(number);
			this.failed.add(started.endedAt(System.nanoTime()));
			throw ex;
		}
	}

	void addAll(Path file) {
		try {
			Files.readAllLines(file)
				.forEach((line) -> this.handlings.put(this.number.incrementAndGet(), Handling.ofLine(line)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<Handling> all() {
		return List.copyOf(this.handlings.values());
	}

	/**
	 * Calls that have thrown an exception, which are in none of the other lists.
	 * @return the calls
	 */
	List<Handling> failed() {
		return List.copyOf(this.failed);
	}

	List<Handling> of(String instance) {
		return this.handlings.values().stream().filter((handling) -> handling.instance().equals(instance)).toList();
	}

	List<Handling> of(TopicPartition partition, long offset) {
		return this.handlings.values()
			.stream()
			.filter((handling) -> handling.partition().equals(partition) && handling.offset() == offset)
			.toList();
	}

	int started() {
		return this.handlings.size();
	}

	/**
	 * What a handler does with a record.
	 */
	@FunctionalInterface
	interface Work {

		void run(Handling handling) throws InterruptedException;

	}

}
