package dev.millrace.listener;

import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.RecordSender;

/**
 * Sends what a record publishes within a transaction. A refused send spoils the
 * transaction, so what is to be done about it is left to the next one.
 */
final class TransactionalRecord implements RecordSender {

	/**
	 * Failures of a send that say something about the transaction, and nothing about what
	 * was sent.
	 */
	private static final Set<Class<? extends ApiException>> OF_TRANSACTION = Set.of(
			ApplicationRecoverableException.class, TransactionAbortedException.class,
			TransactionAbortableException.class, InvalidTxnStateException.class, OutOfOrderSequenceException.class,
			TransactionalIdAuthorizationException.class);

	private final TransactionBatch batch;

	private final List<InFlightRecord> records;

	private final RecordSender sender;

	/**
	 * Create the sender of records that are handled together.
	 * @param batch the transaction
	 * @param records the records
	 * @param sender sends to the broker
	 */
	TransactionalRecord(TransactionBatch batch, List<InFlightRecord> records, RecordSender sender) {
		this.batch = batch;
		this.records = List.copyOf(records);
		this.sender = sender;
	}

	/**
	 * Return what sends the dead letters of a transaction.
	 * @param batch the transaction
	 * @return the sender
	 */
	static RecordSender deadLetters(TransactionBatch batch) {
		return (deadLetter, confirmed) -> batch.sender().send(deadLetter, (unsent, failure) -> {
			if (failure == null) {
				confirmed.completed(unsent, null);
				return;
			}
			if (!isOfTransaction(failure) && !batch.isClosed()) {
				// Reports it, and says when the record is to be tried again.
				confirmed.completed(unsent, failure);
			}
			else {
				confirmed.abandoned(failure);
			}
			batch.failed(failure);
		});
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		this.sender.send(records, new Confirmation() {

			@Override
			public void confirmed(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
				confirmed.confirmed(record, metadata);
			}

			@Override
			public void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure) {
				if (failure == null) {
					confirmed.completed(unsent, null);
					return;
				}
				refused(failure);
				confirmed.abandoned(failure);
			}

		});
	}

	// It would be committed with whatever comes of the records in the same transaction.
	@Override
	public boolean takeBack(Throwable failure) {
		this.batch.takeBack(this.records, failure);
		return true;
	}

	private void refused(Throwable failure) {
		if (isOfTransaction(failure)) {
			this.batch.failed(failure);
		}
		else {
			this.batch.refused(this.records, failure);
		}
	}

	private static boolean isOfTransaction(Throwable failure) {
		return !(failure instanceof ApiException || failure instanceof StreamException)
				|| OF_TRANSACTION.stream().anyMatch((type) -> type.isInstance(failure));
	}

}
