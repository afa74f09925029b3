package dev.millrace.listener;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;

import dev.millrace.BatchFailedException;
import dev.millrace.BatchResult;
import dev.millrace.StreamException;

/**
 * What became of each record of a batch.
 *
 * @param failures what has failed and why, by the index of the record
 * @param handled how many have been handled; those behind them were not reached
 */
record BatchOutcome(Map<Integer, Throwable> failures, int handled) {

	private static final int DEPTH = 10;

	/**
	 * Read what a handler has returned.
	 * @param result the result
	 * @param size how many records it was called with
	 * @return the outcome
	 * @throws StreamException when the result names other records
	 */
	static BatchOutcome of(BatchResult result, int size) {
		if (!isWithin(result.failures(), size)) {
			throw new StreamException("The result names the records %s, but the batch has only %d"
				.formatted(result.failures().keySet(), size));
		}
		return new BatchOutcome(result.failures(), size);
	}

	/**
	 * Read what a handler has thrown.
	 * @param failure the exception, or one with the exception as its cause
	 * @param records the records that it was called with
	 * @return the outcome, or {@code null} when the exception names none of the records
	 */
	static @Nullable BatchOutcome of(Throwable failure, List<ConsumerRecord<byte[], byte[]>> records) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEPTH; depth++) {
			if (cause instanceof BatchFailedException named) {
				boolean valid = !named.failures().isEmpty() && isWithin(named.failures(), records.size());
				return valid ? new BatchOutcome(named.failures(), records.size()) : null;
			}
			if (cause instanceof BatchListenerFailedException first) {
				return of(first, records);
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static @Nullable BatchOutcome of(BatchListenerFailedException first,
			List<ConsumerRecord<byte[], byte[]>> records) {
		int index = first.getIndex();
		ConsumerRecord<?, ?> named = first.getRecord();
		for (int i = 0; named != null && i < records.size(); i++) {
			index = isSame(named, records.get(i)) ? i : index;
		}
		if (index < 0 || index >= records.size()) {
			return null;
		}
		Throwable cause = first.getCause();
		return new BatchOutcome(Map.of(index, (cause != null) ? cause : first), index + 1);
	}

	private static boolean isSame(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> other) {
		return one.topic().equals(other.topic()) && one.partition() == other.partition()
				&& one.offset() == other.offset();
	}

	private static boolean isWithin(Map<Integer, Throwable> failures, int size) {
		return failures.keySet().stream().allMatch((index) -> index >= 0 && index < size);
	}

}
