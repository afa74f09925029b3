package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;

/**
 * What a handler publishes by itself during one call, so that no record that it was
 * called with is finished before that is confirmed. Safe for use by several threads.
 */
public final class RecordScope implements PublishTarget {

	private volatile StreamRecord first;

	private final RecordSender sender;

	private final List<PublisherInterceptor> interceptors;

	private final Function<PublishTarget, StreamOperations> operations;

	private final List<Confirmation> waiting = new ArrayList<>();

	private List<ProducerRecord<byte[], byte[]>> unsent = List.of();

	private @Nullable Throwable failure;

	private boolean told;

	private boolean used;

	private int pending;

	private int open;

	RecordScope(StreamRecord handled, int records, RecordSender sender, List<PublisherInterceptor> interceptors,
			Function<PublishTarget, StreamOperations> operations) {
		this.first = handled;
		this.open = records;
		this.sender = sender;
		this.interceptors = interceptors;
		this.operations = operations;
	}

	/**
	 * Take note that another record is the first of several, because the one that was
	 * does not get to the handler.
	 * @param first the record
	 */
	public void handled(StreamRecord first) {
		this.first = first;
	}

	/**
	 * Return what publishes into this scope from any thread.
	 * @return the operations
	 */
	public StreamOperations operations() {
		return this.operations.apply(this);
	}

	/**
	 * Return whether anything was published.
	 * @return whether it was, confirmed or not
	 */
	public synchronized boolean isUsed() {
		return this.used;
	}

	@Override
	public Header correlationId() {
		return CorrelationIds.headerFor(this.first.source());
	}

	@Override
	public StreamRecord handled() {
		return this.first;
	}

	@Override
	public List<PublisherInterceptor> interceptors() {
		return this.interceptors;
	}

	@Override
	public void checkRequest() {
		this.sender.checkRequest();
	}

	@Override
	public CompletableFuture<PublishResult> send(List<ProducerRecord<byte[], byte[]>> records) {
		if (!begin()) {
			IllegalStateException over = new IllegalStateException(
					"Can't publish to '%s' for %s-%d@%d any more: the work on it is over".formatted(
							records.get(0).topic(), this.first.topic(), this.first.partition(), this.first.offset()));
			PendingSends.abandon(records, over);
			throw over;
		}
		Sent sent = new Sent(new PublishFuture(records.get(0)));
		this.sender.send(records, sent);
		return sent.future.future();
	}

	private synchronized boolean begin() {
		if (this.open <= 0 && this.pending == 0) {
			return false;
		}
		this.used = true;
		this.pending++;
		return true;
	}

	/**
	 * Say that a record is handled, as far as its handler is concerned. Once for each
	 * record.
	 * @param confirmation called when nothing is under way any more, here or later
	 */
	public void end(Confirmation confirmation) {
		leave();
		again(confirmation);
	}

	/**
	 * Say that a record has failed, so that it does not matter to it what was published.
	 * Instead of {@link #end}.
	 */
	public synchronized void leave() {
		this.open--;
	}

	/**
	 * Send again what was not sent, if nobody else has had that done meanwhile.
	 * @param confirmation called when nothing is under way any more, here or later
	 */
	public void again(Confirmation confirmation) {
		List<ProducerRecord<byte[], byte[]>> toSend = List.of();
		synchronized (this) {
			this.waiting.add(confirmation);
			if (this.pending > 0) {
				return;
			}
			if (this.told) {
				toSend = this.unsent;
				this.told = false;
				this.unsent = List.of();
				this.failure = null;
			}
			this.pending += toSend.isEmpty() ? 0 : 1;
		}
		if (toSend.isEmpty()) {
			tell();
		}
		else {
			this.sender.send(toSend, this::completed);
		}
	}

	private void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure) {
		synchronized (this) {
			if (failure != null) {
				fail(unsent, failure);
			}
			if (--this.pending > 0) {
				return;
			}
		}
		tell();
	}

	private void fail(List<ProducerRecord<byte[], byte[]>> unsent, Throwable failure) {
		if (this.failure == null) {
			this.failure = failure;
			this.unsent = new ArrayList<>();
		}
		this.unsent.addAll(unsent);
	}

	private void tell() {
		List<Confirmation> those;
		List<ProducerRecord<byte[], byte[]>> unsent;
		Throwable failure;
		synchronized (this) {
			if (this.pending > 0 || this.waiting.isEmpty()) {
				return;
			}
			those = List.copyOf(this.waiting);
			this.waiting.clear();
			unsent = this.unsent;
			failure = this.failure;
			this.told = failure != null;
		}
		those.forEach((confirmation) -> confirmation.completed(unsent, failure));
	}

	/**
	 * What was sent for one body.
	 */
	private final class Sent implements Confirmation {

		private final PublishFuture future;

		Sent(PublishFuture future) {
			this.future = future;
		}

		@Override
		public void confirmed(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
			this.future.confirmed(record, metadata);
		}

		// What depends on the future may publish more, which counts too.
		@Override
		public void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure) {
			this.future.completed(unsent, failure);
			RecordScope.this.completed(unsent, failure);
		}

		@Override
		public void abandoned(Throwable failure) {
			this.future.abandoned(failure);
		}

	}

}
