package dev.millrace.publisher;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.KafkaThread;

/**
 * Has records sent one by one: on this thread or, where that must not wait, on another.
 * What confirmations lead to comes on the thread of a producer, which would wait for
 * itself: metadata and memory come only from there. What goes to one topic keeps its
 * order, whatever threads it comes from. Safe for use by several threads.
 */
final class Sends {

	private static final CompletableFuture<?> NOTHING = CompletableFuture.completedFuture(null);

	private final ConcurrentMap<String, CompletableFuture<?>> handedOver = new ConcurrentHashMap<>();

	private final Executor threads;

	private final BiConsumer<ProducerRecord<byte[], byte[]>, PendingSends> sender;

	/**
	 * Create the sends of a producer.
	 * @param threads threads that may wait for the producer
	 * @param sender sends one record, and says how that has ended unless it throws
	 */
	Sends(Executor threads, BiConsumer<ProducerRecord<byte[], byte[]>, PendingSends> sender) {
		this.threads = threads;
		this.sender = sender;
	}

	/**
	 * Return whether this is the thread of a producer, or of another client of Kafka.
	 * @return whether nothing may wait here
	 */
	static boolean isThreadOfClient() {
		return Thread.currentThread() instanceof KafkaThread;
	}

	/**
	 * Send records.
	 * @param records the records
	 * @param confirmed called once when all have ended
	 */
	void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		PendingSends pending = new PendingSends(records.size(), confirmed);
		for (ProducerRecord<byte[], byte[]> record : records) {
			if (isThreadOfClient() || isBehindOthers(record.topic())) {
				handOver(record, pending);
			}
			else {
				send(record, pending);
			}
		}
	}

	private boolean isBehindOthers(String topic) {
		return !this.handedOver.isEmpty() && this.handedOver.containsKey(topic);
	}

	private void handOver(ProducerRecord<byte[], byte[]> record, PendingSends pending) {
		CompletableFuture<?> sent = new CompletableFuture<>();
		CompletableFuture<?> before = this.handedOver.put(record.topic(), sent);
		Objects.requireNonNullElse(before, NOTHING)
			.thenRunAsync(() -> send(record, pending), this.threads)
			.whenComplete((done, failure) -> {
				sent.complete(null);
				this.handedOver.remove(record.topic(), sent);
				if (failure != null) {
					// No thread took it.
					pending.completed(record, null, failure);
				}
			});
	}

	private void send(ProducerRecord<byte[], byte[]> record, PendingSends pending) {
		try {
			this.sender.accept(record, pending);
		}
		catch (Exception | Error ex) {
			pending.completed(record, null, ex);
		}
	}

}
