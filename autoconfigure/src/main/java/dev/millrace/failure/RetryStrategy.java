package dev.millrace.failure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.publisher.ForwardObserver;
import dev.millrace.publisher.RecordSender;

/**
 * Where a record waits for its next attempt.
 */
@FunctionalInterface
public interface RetryStrategy {

	/**
	 * Let the record wait in its lane, which stands still meanwhile.
	 */
	RetryStrategy IN_LANE = (record, delay, cause, next) -> record.retry(delay, next);

	/**
	 * Have a record tried again. Ends this attempt, here or later, in one of the ways
	 * that a {@link RecordHandler} has to.
	 * @param record the record
	 * @param delay how long it waits
	 * @param cause why it is tried again
	 * @param next what is to be done then, as far as that is still known when it is tried
	 * again; otherwise everything
	 */
	void retry(InFlightRecord record, Duration delay, Throwable cause, RecordHandler next);

	/**
	 * Return whether a record that was to be tried again is not any more, because it is
	 * for others now. Called from any thread.
	 * @param record the record
	 * @return whether it is given up
	 */
	default boolean hasGivenUp(InFlightRecord record) {
		return record.isAbandoned();
	}

	/**
	 * Return the strategy of a subscriber.
	 * @param endpoint the subscriber
	 * @param topics knows the topics
	 * @param sender sends records
	 * @param threads threads that may wait for the sender
	 * @param observer watches over what is written
	 * @param lane lets records wait in their lane
	 * @param clock the time from which delays count
	 * @return the strategy
	 */
	static RetryStrategy of(SubscriberEndpoint endpoint, DerivedTopics topics, RecordSender sender, Executor threads,
			ForwardObserver observer, RetryStrategy lane, InstantSource clock) {
		RetrySettings retry = endpoint.delivery().retry();
		return switch (retry.mode()) {
			case LANE -> lane;
			case TOPIC -> new TopicRetry(endpoint, new RecordForwarder(topics, sender, threads, observer), clock,
					(original) -> (confirmed) -> {
					});
		};
	}

}
