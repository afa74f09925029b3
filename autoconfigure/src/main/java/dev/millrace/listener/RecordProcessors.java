package dev.millrace.listener;

import java.time.Clock;
import java.util.concurrent.Executor;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DeadLetterPublisher;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.failure.FailureHandler;
import dev.millrace.failure.OrderedRetries;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.failure.RetryStrategy;
import dev.millrace.handler.Deliveries;
import dev.millrace.publisher.RecordSender;

/**
 * Makes the processors of one subscriber, which differ in where they send to. Safe for
 * use by several threads.
 */
public final class RecordProcessors {

	private final SubscriberRuntime runtime;

	private final Deliveries deliveries;

	private final HandlerRoutes routes;

	private final DerivedTopics topics;

	private final Executor threads;

	/**
	 * Create the factory of a subscriber.
	 * @param runtime what its consumers share
	 * @param deliveries make deliveries of records
	 * @param routes choose the handler, which decodes, binds, validates and publishes
	 * @param topics knows the topics of dead letters and retries
	 * @param threads threads that may wait for a sender
	 */
	public RecordProcessors(SubscriberRuntime runtime, Deliveries deliveries, HandlerRoutes routes,
			DerivedTopics topics, Executor threads) {
		this.runtime = runtime;
		this.deliveries = deliveries;
		this.routes = routes;
		this.topics = topics;
		this.threads = threads;
	}

	/**
	 * Make a processor.
	 * @param sender sends results
	 * @param failures decides what becomes of records that failed
	 * @return the processor
	 */
	public RecordProcessor processor(RecordSender sender, FailureHandler failures) {
		return new RecordProcessor(this.deliveries, this.routes, sender, failures, this.runtime.monitor(),
				this.runtime.endpoint().delivery().ackPolicy());
	}

	/**
	 * Make a failure handler.
	 * @param sender sends dead letters and retries
	 * @param lane lets records wait in their lane
	 * @return the failure handler
	 */
	public FailureHandler failures(RecordSender sender, RetryStrategy lane) {
		return failures(sender, RetryStrategy.of(this.runtime.endpoint(), this.topics, sender, this.threads, lane),
				lane);
	}

	/**
	 * Make a failure handler.
	 * @param sender sends dead letters
	 * @param retries has records tried again
	 * @param lane lets records wait in their lane
	 * @return the failure handler
	 */
	public FailureHandler failures(RecordSender sender, RetryStrategy retries, RetryStrategy lane) {
		SubscriberEndpoint endpoint = this.runtime.endpoint();
		return new FailureHandler(endpoint, new DeadLetterPublisher(endpoint, this.topics, sender, this.threads),
				retries, lane, this.runtime.monitor());
	}

	/**
	 * Make a strategy that keeps the order with a retry topic.
	 * @param sender sends retries
	 * @param parked takes note of their keys
	 * @return the strategy
	 */
	public OrderedRetries orderedRetries(RecordSender sender, ParkedPartitions parked) {
		return new OrderedRetries(this.runtime.endpoint(), sender, this.threads, parked, Clock.systemUTC());
	}

}
