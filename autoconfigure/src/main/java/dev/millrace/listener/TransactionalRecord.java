package dev.millrace.listener;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.failure.FailureHandler;
import dev.millrace.publisher.Confirmation;

/**
 * Record within a transaction. A refused send spoils the transaction, so what is to be
 * done about it is left to the next one.
 */
final class TransactionalRecord {

	/**
	 * Failures of a send that say something about the transaction, and nothing about what
	 * was sent.
	 */
	private static final Set<Class<? extends ApiException>> OF_TRANSACTION = Set.of(
			ApplicationRecoverableException.class, TransactionAbortedException.class,
			TransactionAbortableException.class, InvalidTxnStateException.class, OutOfOrderSequenceException.class,
			TransactionalIdAuthorizationException.class);

	private final TransactionBatch batch;

	private final InFlightRecord record;

	TransactionalRecord(TransactionBatch batch, InFlightRecord record) {
		this.batch = batch;
		this.record = record;
	}

	/**
	 * Begin where an earlier transaction has left off.
	 * @param processors make the processor of this record
	 * @param earlier what is remembered of the record, if there is something
	 * @return as a record handler does
	 */
	@Nullable CompletionStage<?> begin(RecordProcessors processors, Attempts.@Nullable Attempt earlier) {
		FailureHandler failures = processors.failures(this::sendDeadLetter, this.batch);
		RecordProcessor processor = processors.processor(this::sendReplies, failures);
		if (earlier != null) {
			this.record.continues(this.record.record(), earlier.number() - 1, earlier.first());
			if (earlier.refusal() != null) {
				failures.sendFailed(this.record, earlier.refusal(), processor);
				return null;
			}
		}
		return processor.handle(this.record);
	}

	private void sendReplies(List<ProducerRecord<byte[], byte[]>> replies, Confirmation confirmed) {
		this.batch.sender().send(replies, (unsent, failure) -> {
			if (failure == null) {
				confirmed.completed(unsent, null);
			}
			else if (isOfTransaction(failure)) {
				this.batch.failed(failure);
			}
			else {
				this.batch.refused(this.record, failure);
			}
		});
	}

	private void sendDeadLetter(List<ProducerRecord<byte[], byte[]>> deadLetter, Confirmation confirmed) {
		this.batch.sender().send(deadLetter, (unsent, failure) -> {
			if (failure == null) {
				confirmed.completed(unsent, null);
				return;
			}
			if (!isOfTransaction(failure) && !this.batch.isClosed()) {
				// Reports it, and says when the record is to be tried again.
				confirmed.completed(unsent, failure);
			}
			this.batch.failed(failure);
		});
	}

	private static boolean isOfTransaction(Throwable failure) {
		return !(failure instanceof ApiException)
				|| OF_TRANSACTION.stream().anyMatch((type) -> type.isInstance(failure));
	}

}
