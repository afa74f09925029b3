package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.BatchHandler;
import dev.millrace.dispatch.InFlightRecord;

/**
 * What happens to each batch of a retry topic: those that are due are handled as the
 * records that they stand for, all others wait on.
 */
final class RetryTopicBatchHandler implements BatchHandler {

	private final RetryTopicHandler records;

	private final BatchHandler processor;

	RetryTopicBatchHandler(RetryTopicHandler records, BatchHandler processor) {
		this.records = records;
		this.processor = processor;
	}

	@Override
	public Duration polled(InFlightRecord record) {
		return this.records.polled(record);
	}

	@Override
	public @Nullable CompletionStage<?> handleBatch(List<InFlightRecord> batch) {
		List<InFlightRecord> due = new ArrayList<>(batch.size());
		for (InFlightRecord record : batch) {
			if (this.records.isDue(record, this)) {
				due.add(record);
			}
		}
		return due.isEmpty() ? null : this.processor.handleBatch(due);
	}

}
