package dev.millrace.handler;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.AckRecord;
import dev.millrace.Acknowledgment;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;

/**
 * One attempt to handle a record: the record, and what its handler has decided about it.
 * Safe for use by several threads.
 */
public final class Delivery implements Acknowledgment {

	private final ConsumerRecord<byte[], byte[]> record;

	private @Nullable CompletableFuture<RecordControl> decision;

	/**
	 * Create a delivery.
	 * @param record the record as it was polled
	 */
	public Delivery(ConsumerRecord<byte[], byte[]> record) {
		this.record = record;
	}

	/**
	 * Return the record.
	 * @return the record as it was polled
	 */
	public ConsumerRecord<byte[], byte[]> record() {
		return this.record;
	}

	@Override
	public void ack() {
		future().complete(new AckRecord());
	}

	@Override
	public void nack(Duration delay) {
		future().complete(new NackRecord(delay));
	}

	@Override
	public void reject() {
		future().complete(new RejectRecord());
	}

	/**
	 * Return what the handler has decided so far.
	 * @return the decision, or {@code null} when there is none yet
	 */
	public synchronized @Nullable RecordControl decision() {
		return (this.decision != null) ? this.decision.getNow(null) : null;
	}

	/**
	 * Return what the handler will have decided.
	 * @return a stage that completes with the decision, on the thread that makes it
	 */
	public CompletionStage<RecordControl> decided() {
		return future();
	}

	private synchronized CompletableFuture<RecordControl> future() {
		CompletableFuture<RecordControl> future = this.decision;
		if (future == null) {
			future = new CompletableFuture<>();
			this.decision = future;
		}
		return future;
	}

}
