package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.BatchHandler;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.FailureHandler;
import dev.millrace.listener.Attempts.Refusal;
import dev.millrace.publisher.RecordSender;

/**
 * Handles the batches of a transaction, each record from where an earlier one has left
 * off.
 */
final class TransactionalBatchHandler implements BatchHandler, Completions {

	private final TransactionBatch transaction;

	private final Attempts attempts;

	private final BatchProcessors processors;

	private final FailureHandler failures;

	private final BatchProcessor processor;

	TransactionalBatchHandler(TransactionBatch transaction, Attempts attempts, BatchProcessors processors) {
		this.transaction = transaction;
		this.attempts = attempts;
		this.processors = processors;
		this.failures = processors.failures(TransactionalRecord.deadLetters(transaction), transaction);
		this.processor = processors.processor(this);
	}

	@Override
	public Duration polled(InFlightRecord record) {
		this.attempts.resume(record);
		return Duration.ZERO;
	}

	@Override
	public @Nullable CompletionStage<?> handleBatch(List<InFlightRecord> batch) {
		List<InFlightRecord> toHandle = new ArrayList<>(batch.size());
		Map<Refusal, List<InFlightRecord>> refused = new IdentityHashMap<>();
		for (InFlightRecord record : batch) {
			Refusal refusal = this.attempts.refusal(record);
			List<InFlightRecord> alike = (refusal != null)
					? refused.computeIfAbsent(refusal, (ignored) -> new ArrayList<>()) : toHandle;
			alike.add(record);
		}
		refused.forEach(
				(refusal, records) -> this.failures.sendFailedTogether(records, refusal.failure(), this.processor));
		return toHandle.isEmpty() ? null : this.processor.handleBatch(toHandle);
	}

	@Override
	public FailureHandler failures() {
		return this.failures;
	}

	@Override
	public RecordSender sender() {
		return this.transaction.sender();
	}

	@Override
	public RecordSender sender(List<InFlightRecord> records) {
		return new TransactionalRecord(this.transaction, records, this.transaction.sender());
	}

	@Override
	public boolean takeBack(Map<InFlightRecord, Throwable> failures) {
		this.transaction.takeBack(failures);
		return true;
	}

	@Override
	public RecordCompletion of(InFlightRecord record, RecordSender sender, RecordHandler again) {
		return this.processors.completion(new TransactionalRecord(this.transaction, List.of(record), sender),
				this.failures, again);
	}

}
