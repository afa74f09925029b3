package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaOperations.ProducerCallback;
import org.springframework.kafka.core.KafkaProducerException;
import org.springframework.kafka.support.ProducerListener;

/**
 * Sends records on the producer of spring-kafka's template. What the template itself does
 * for a record, apart from its listener, costs as much again as sending it.
 */
public final class ProducerSender implements RecordSender {

	private static final Log logger = LogFactory.getLog(ProducerSender.class);

	private final KafkaOperations<byte[], byte[]> operations;

	private final ProducerListener<byte[], byte[]> listener;

	private final Sends sends;

	/**
	 * Create a sender.
	 * @param operations has the producer, which is that of a transaction where there is
	 * one
	 * @param listener is told how each record ended
	 * @param threads threads that may wait for the producer
	 */
	public ProducerSender(KafkaOperations<byte[], byte[]> operations, ProducerListener<byte[], byte[]> listener,
			Executor threads) {
		this.operations = operations;
		this.listener = listener;
		this.sends = new Sends(threads, (record, pending) -> operations.execute(new Sending(record, pending)));
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		this.sends.send(records, confirmed);
	}

	private @Nullable Throwable described(ProducerRecord<byte[], byte[]> record, @Nullable Exception failure) {
		Exception cause = MissingPartition.explain(record, failure, this.operations::partitionsFor);
		return (cause != null) ? new KafkaProducerException(untyped(record), "Failed to send", cause) : null;
	}

	@SuppressWarnings("unchecked")
	private static ProducerRecord<Object, Object> untyped(ProducerRecord<?, ?> record) {
		return (ProducerRecord<Object, Object>) record;
	}

	/**
	 * One record, from the call of the producer to its answer.
	 */
	private final class Sending implements ProducerCallback<byte[], byte[], Future<RecordMetadata>>, Callback {

		private final ProducerRecord<byte[], byte[]> record;

		private final PendingSends pending;

		Sending(ProducerRecord<byte[], byte[]> record, PendingSends pending) {
			this.record = record;
			this.pending = pending;
		}

		@Override
		public Future<RecordMetadata> doInKafka(Producer<byte[], byte[]> producer) {
			return producer.send(this.record, this);
		}

		@Override
		public void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
			try {
				tell(metadata, failure);
			}
			// The producer may still be in its send, which would end the record twice.
			catch (RuntimeException ex) {
				logger.error("The ProducerListener has failed with the end of a record to " + this.record.topic(), ex);
			}
			finally {
				this.pending.completed(this.record, metadata, described(this.record, failure));
			}
		}

		private void tell(RecordMetadata metadata, @Nullable Exception failure) {
			if (failure == null) {
				ProducerSender.this.listener.onSuccess(this.record, metadata);
			}
			else {
				ProducerSender.this.listener.onError(this.record, metadata, failure);
			}
		}

	}

}
