package dev.millrace.request;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;

/**
 * Answers that are waited for, by the ids of their requests. Keeps nothing of a request
 * that is over. Safe for use by several threads.
 */
final class PendingReplies {

	private final ConcurrentMap<String, CompletableFuture<ConsumerRecord<byte[], byte[]>>> waiting = new ConcurrentHashMap<>();

	/** Tells our requests from those of other instances of the application. */
	private final String own = UUID.randomUUID() + "-";

	private final AtomicLong requests = new AtomicLong();

	private final AtomicLong late = new AtomicLong();

	private volatile @Nullable StreamException end;

	String nextId() {
		return this.own + this.requests.incrementAndGet();
	}

	/**
	 * Begin to wait.
	 * @param id the id of the request
	 * @param timeout how long to wait
	 * @return what completes with the answer, or fails with a
	 * {@link java.util.concurrent.TimeoutException}; whoever completes it ends the wait
	 * @throws StreamException when nothing is waited for any more
	 */
	CompletableFuture<ConsumerRecord<byte[], byte[]>> open(String id, Duration timeout) {
		// More than fits is for ever.
		long nanos = TimeUnit.NANOSECONDS.convert(timeout);
		CompletableFuture<ConsumerRecord<byte[], byte[]>> reply = new CompletableFuture<>();
		if (this.waiting.putIfAbsent(id, reply) != null) {
			throw new IllegalArgumentException("A request with the correlation id '" + id + "' waits already");
		}
		reply.whenComplete((record, failure) -> this.waiting.remove(id, reply));
		StreamException end = this.end;
		if (end != null) {
			reply.completeExceptionally(end);
			throw end;
		}
		return reply.orTimeout(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Take an answer. Those that other instances have asked for are passed over.
	 * @param id the id of its request
	 * @param record the answer
	 */
	void arrived(String id, ConsumerRecord<byte[], byte[]> record) {
		CompletableFuture<ConsumerRecord<byte[], byte[]>> reply = this.waiting.get(id);
		if ((reply == null || !reply.complete(record)) && id.startsWith(this.own)) {
			this.late.incrementAndGet();
		}
	}

	/**
	 * End all waiting, also that which would begin later.
	 * @param failure why
	 */
	void fail(StreamException failure) {
		this.end = failure;
		this.waiting.values().forEach((reply) -> reply.completeExceptionally(failure));
	}

	int size() {
		return this.waiting.size();
	}

	long late() {
		return this.late.get();
	}

}
