package dev.millrace.publisher;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.KafkaThread;

/**
 * Has records sent one by one: on this thread or, where that must not wait, on another.
 * What confirmations lead to comes on the thread of a producer, which would wait for
 * itself: metadata and memory come only from there. What goes to one topic keeps its
 * order, whatever threads it comes from: who may wait sends what was handed over before
 * him. Safe for use by several threads.
 */
final class Sends {

	private final ConcurrentMap<String, HandedOver> handedOver = new ConcurrentHashMap<>();

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
			if (isThreadOfClient()) {
				handOver(record, pending);
			}
			else {
				if (!this.handedOver.isEmpty()) {
					sendHandedOver(record.topic());
				}
				send(record, pending);
			}
		}
	}

	private void handOver(ProducerRecord<byte[], byte[]> record, PendingSends pending) {
		Runnable sending = () -> send(record, pending);
		this.handedOver.compute(record.topic(), (topic, present) -> {
			HandedOver those = (present != null) ? present : new HandedOver();
			those.waiting.add(sending);
			return those;
		});
		try {
			this.threads.execute(() -> sendHandedOver(record.topic()));
		}
		catch (RuntimeException | Error ex) {
			HandedOver those = this.handedOver.get(record.topic());
			// Unless somebody else has sent it meanwhile.
			if (those != null && those.waiting.remove(sending)) {
				pending.completed(record, null, ex);
			}
		}
	}

	private void sendHandedOver(String topic) {
		HandedOver those = this.handedOver.get(topic);
		if (those != null) {
			those.send();
			this.handedOver.computeIfPresent(topic, (name, present) -> present.waiting.isEmpty() ? null : present);
		}
	}

	private void send(ProducerRecord<byte[], byte[]> record, PendingSends pending) {
		try {
			this.sender.accept(record, pending);
		}
		catch (Exception | Error ex) {
			pending.completed(record, null, ex);
		}
	}

	/**
	 * What was handed over to one topic. Whoever sends it holds the lock, so that those
	 * who come later wait for him.
	 */
	private static final class HandedOver {

		private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

		private final Lock lock = new ReentrantLock();

		void send() {
			this.lock.lock();
			try {
				for (Runnable next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
					next.run();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
