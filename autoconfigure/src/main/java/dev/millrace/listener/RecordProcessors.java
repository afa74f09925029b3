package dev.millrace.listener;

import java.util.concurrent.Executor;

import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.RecordSender;

/**
 * Makes the processors of one subscriber whose handlers get one record at a time.
 */
public final class RecordProcessors extends Processors {

	private final HandlerRoutes<RecordInvoker> routes;

	/**
	 * Create the factory of a subscriber.
	 * @param runtime what its consumers share
	 * @param deliveries make deliveries of records
	 * @param routes choose the handler, which decodes, binds, validates and publishes
	 * @param topics knows the topics of dead letters and retries
	 * @param scopes take what handlers publish by themselves
	 * @param threads threads that may wait for a sender
	 */
	public RecordProcessors(SubscriberRuntime runtime, Deliveries deliveries, HandlerRoutes<RecordInvoker> routes,
			DerivedTopics topics, RecordScopes scopes, Executor threads) {
		super(runtime, deliveries, routes, topics, scopes, threads);
		this.routes = routes;
	}

	@Override
	public RecordHandler create(RecordSender sender, FailureHandler failures) {
		return processor(sender, failures);
	}

	@Override
	RecordHandler create(TransactionBatch transaction, Attempts attempts) {
		return new TransactionalHandler(transaction, attempts, this);
	}

	RecordProcessor processor(RecordSender sender, FailureHandler failures) {
		return new RecordProcessor(deliveries(), this.routes, sender, failures, scopes(), runtime().monitor(),
				runtime().endpoint());
	}

}
