package dev.millrace.listener;

import java.util.concurrent.Executor;

import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DeadLetterPublisher;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.failure.FailureHandler;
import dev.millrace.failure.OrderedRetries;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.failure.RetryStrategy;
import dev.millrace.handler.Deliveries;
import dev.millrace.publisher.ErrorReplies;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.RecordSender;

/**
 * Makes what handles the records of one subscriber, which differs in where it sends to.
 * Safe for use by several threads.
 */
public abstract sealed class Processors permits RecordProcessors, BatchProcessors {

	private final SubscriberRuntime runtime;

	private final Deliveries deliveries;

	private final HandlerRoutes<?> routes;

	private final DerivedTopics topics;

	private final RecordScopes scopes;

	private final Executor threads;

	Processors(SubscriberRuntime runtime, Deliveries deliveries, HandlerRoutes<?> routes, DerivedTopics topics,
			RecordScopes scopes, Executor threads) {
		this.runtime = runtime;
		this.deliveries = deliveries;
		this.routes = routes;
		this.topics = topics;
		this.scopes = scopes;
		this.threads = threads;
	}

	/**
	 * Make what handles records each of which is finished by itself.
	 * @param sender sends results
	 * @param failures decides what becomes of records that failed
	 * @return the handler
	 */
	public abstract RecordHandler create(RecordSender sender, FailureHandler failures);

	/**
	 * Make what handles the records of a transaction.
	 * @param transaction the transaction
	 * @param attempts what is remembered of earlier ones
	 * @return the handler
	 */
	abstract RecordHandler create(TransactionBatch transaction, Attempts attempts);

	/**
	 * Return the subscriber.
	 * @return the subscriber
	 */
	public final SubscriberRuntime runtime() {
		return this.runtime;
	}

	final Deliveries deliveries() {
		return this.deliveries;
	}

	final RecordScopes scopes() {
		return this.scopes;
	}

	/**
	 * Make a failure handler.
	 * @param sender sends dead letters and retries
	 * @param lane lets records wait in their lane
	 * @return the failure handler
	 */
	public final FailureHandler failures(RecordSender sender, RetryStrategy lane) {
		return failures(sender, RetryStrategy.of(this.runtime.endpoint(), this.topics, sender, this.threads,
				this.runtime.surroundings().forwards(), lane, this.runtime.timer()), lane);
	}

	/**
	 * Make a failure handler.
	 * @param sender sends dead letters
	 * @param retries has records tried again
	 * @param lane lets records wait in their lane
	 * @return the failure handler
	 */
	public final FailureHandler failures(RecordSender sender, RetryStrategy retries, RetryStrategy lane) {
		SubscriberEndpoint endpoint = this.runtime.endpoint();
		return new FailureHandler(endpoint,
				new DeadLetterPublisher(endpoint, this.topics, sender, this.threads,
						this.runtime.surroundings().forwards()),
				new ErrorReplies(this.routes.answering(), sender, this.threads), retries, lane, this.runtime.monitor(),
				this.runtime.timer(), this.runtime.surroundings().runs());
	}

	/**
	 * Make a strategy that keeps the order with a retry topic.
	 * @param sender sends retries
	 * @param parked takes note of their keys
	 * @return the strategy
	 */
	public final OrderedRetries orderedRetries(RecordSender sender, ParkedPartitions parked) {
		return new OrderedRetries(this.runtime.endpoint(), sender, this.threads, this.runtime.surroundings().forwards(),
				parked, this.runtime.timer());
	}

	/**
	 * Make the completion of records.
	 * @param sender sends results
	 * @param failures decides what becomes of records that failed
	 * @param again handles a record again from the beginning
	 * @return the completion
	 */
	final RecordCompletion completion(RecordSender sender, FailureHandler failures, RecordHandler again) {
		return new RecordCompletion(sender, failures, this.runtime.monitor(), this.runtime.endpoint(), again);
	}

}
