package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.BatchHandler;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;

/**
 * Handler that knows what was given to it. The watched records are polled and asked for
 * by one thread.
 */
sealed class WatchedHandler implements RecordHandler {

	private final List<Watched> records = new ArrayList<>();

	private final RecordHandler handler;

	private WatchedHandler(RecordHandler handler) {
		this.handler = handler;
	}

	static WatchedHandler of(RecordHandler handler) {
		return (handler instanceof BatchHandler batches) ? new OfBatches(batches) : new WatchedHandler(handler);
	}

	@Override
	public Duration polled(InFlightRecord record) {
		// Later it may be the record that it stands for.
		this.records.add(new Watched(record.record(), record));
		return this.handler.polled(record);
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		return this.handler.handle(record);
	}

	/**
	 * Return the records that are finished.
	 * @return the records, as they were polled
	 */
	List<ConsumerRecord<byte[], byte[]>> finished() {
		return this.records.stream().filter((watched) -> watched.record().isFinished()).map(Watched::polled).toList();
	}

	private record Watched(ConsumerRecord<byte[], byte[]> polled, InFlightRecord record) {

	}

	/**
	 * Handles several at once.
	 */
	private static final class OfBatches extends WatchedHandler implements BatchHandler {

		private final BatchHandler handler;

		OfBatches(BatchHandler handler) {
			super(handler);
			this.handler = handler;
		}

		@Override
		public @Nullable CompletionStage<?> handleBatch(List<InFlightRecord> batch) {
			return this.handler.handleBatch(batch);
		}

		@Override
		public @Nullable CompletionStage<?> handle(InFlightRecord record) {
			return this.handler.handle(record);
		}

	}

}
