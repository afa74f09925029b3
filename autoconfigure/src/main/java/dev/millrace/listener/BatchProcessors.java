package dev.millrace.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.BatchInvoker;
import dev.millrace.handler.Deliveries;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.RecordSender;

/**
 * Makes the processors of one subscriber whose handler gets batches.
 */
public final class BatchProcessors extends Processors {

	private final HandlerRoutes<BatchInvoker> routes;

	/**
	 * Create the factory of a subscriber.
	 * @param runtime what its consumers share
	 * @param deliveries make deliveries of records
	 * @param routes the handler, as the only one
	 * @param topics knows the topics of dead letters and retries
	 * @param scopes take what handlers publish by themselves
	 * @param threads threads that may wait for a sender
	 */
	public BatchProcessors(SubscriberRuntime runtime, Deliveries deliveries, HandlerRoutes<BatchInvoker> routes,
			DerivedTopics topics, RecordScopes scopes, Executor threads) {
		super(runtime, deliveries, routes, topics, scopes, threads);
		this.routes = routes;
	}

	@Override
	public RecordHandler create(RecordSender sender, FailureHandler failures) {
		return processor(new Direct(this, failures, sender));
	}

	@Override
	RecordHandler create(TransactionBatch transaction, Attempts attempts) {
		return new TransactionalBatchHandler(transaction, attempts, this);
	}

	BatchProcessor processor(Completions completions) {
		return new BatchProcessor(deliveries(), this.routes, scopes(), completions);
	}

	/**
	 * Completions outside transactions.
	 *
	 * @param processors make them
	 * @param failures decides about records that failed
	 * @param sender sends to the broker
	 */
	private record Direct(Processors processors, FailureHandler failures, RecordSender sender) implements Completions {

		@Override
		public RecordSender sender(List<InFlightRecord> records) {
			return this.sender;
		}

		@Override
		public boolean takeBack(Map<InFlightRecord, Throwable> failures) {
			return false;
		}

		@Override
		public RecordCompletion of(InFlightRecord record, RecordSender sender, RecordHandler again) {
			return this.processors.completion(sender, this.failures, again);
		}

	}

}
