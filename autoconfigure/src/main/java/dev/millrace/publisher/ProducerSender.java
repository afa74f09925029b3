package dev.millrace.publisher;

import java.util.List;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaProducerException;
import org.springframework.kafka.support.ProducerListener;

/**
 * Sends records on the producer of spring-kafka's template. What the template itself does
 * for a record, apart from its listener, costs as much again as sending it.
 */
public final class ProducerSender implements RecordSender {

	private final KafkaOperations<byte[], byte[]> operations;

	private final ProducerListener<byte[], byte[]> listener;

	/**
	 * Create a sender.
	 * @param operations has the producer, which is that of a transaction where there is
	 * one
	 * @param listener is told how each record ended
	 */
	public ProducerSender(KafkaOperations<byte[], byte[]> operations, ProducerListener<byte[], byte[]> listener) {
		this.operations = operations;
		this.listener = listener;
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		PendingSends pending = new PendingSends(records.size(), confirmed);
		for (ProducerRecord<byte[], byte[]> record : records) {
			try {
				this.operations.execute((producer) -> producer.send(record, callback(record, pending)));
			}
			catch (Exception ex) {
				pending.completed(record, null, ex);
			}
		}
	}

	private Callback callback(ProducerRecord<byte[], byte[]> record, PendingSends pending) {
		return (metadata, failure) -> {
			try {
				if (failure == null) {
					this.listener.onSuccess(record, metadata);
				}
				else {
					this.listener.onError(record, metadata, failure);
				}
			}
			finally {
				pending.completed(record, metadata, described(record, failure));
			}
		};
	}

	private static @Nullable Throwable described(ProducerRecord<byte[], byte[]> record, @Nullable Exception failure) {
		return (failure != null) ? new KafkaProducerException(untyped(record), "Failed to send", failure) : null;
	}

	@SuppressWarnings("unchecked")
	private static ProducerRecord<Object, Object> untyped(ProducerRecord<?, ?> record) {
		return (ProducerRecord<Object, Object>) record;
	}

}
