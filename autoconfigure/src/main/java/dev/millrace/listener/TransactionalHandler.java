package dev.millrace.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.FailureHandler;

/**
 * Handles the records of a transaction, each from where an earlier one has left off.
 */
final class TransactionalHandler implements RecordHandler {

	private final TransactionBatch transaction;

	private final Attempts attempts;

	private final RecordProcessors processors;

	TransactionalHandler(TransactionBatch transaction, Attempts attempts, RecordProcessors processors) {
		this.transaction = transaction;
		this.attempts = attempts;
		this.processors = processors;
	}

	@Override
	public Duration polled(InFlightRecord record) {
		this.attempts.resume(record);
		return Duration.ZERO;
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		TransactionalRecord sends = new TransactionalRecord(this.transaction, List.of(record),
				this.transaction.sender());
		FailureHandler failures = this.processors.failures(TransactionalRecord.deadLetters(this.transaction),
				this.transaction);
		RecordProcessor processor = this.processors.processor(sends, failures);
		Attempts.Refusal refusal = this.attempts.refusal(record);
		if (refusal != null) {
			failures.sendFailed(record, refusal.failure(), processor);
			return null;
		}
		return processor.handle(record);
	}

}
