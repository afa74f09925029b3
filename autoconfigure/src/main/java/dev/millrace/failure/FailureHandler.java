package dev.millrace.failure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;

import dev.millrace.AckPolicy;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;
import dev.millrace.SkipRecord;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.RunContext;
import dev.millrace.endpoint.Backoff;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.monitor.Outcome;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.ErrorReplies;

/**
 * Decides what becomes of a record that was not simply handled: another attempt, a dead
 * letter, or nothing more. Nothing ends here without a log entry and a count, and nothing
 * is finished before its dead letter is confirmed.
 */
public final class FailureHandler {

	private static final Log logger = LogFactory.getLog(FailureHandler.class);

	private final SubscriberEndpoint endpoint;

	private final DeadLetterPublisher deadLetters;

	private final ErrorReplies errors;

	private final RetryStrategy retries;

	private final RetryStrategy lane;

	private final SubscriberMonitor monitor;

	private final InstantSource clock;

	private final RunContext context;

	/**
	 * Create the failure handler of a subscriber.
	 * @param endpoint the subscriber
	 * @param deadLetters writes dead letters
	 * @param errors tells those who wait for answers
	 * @param retries has records tried again
	 * @param lane has them tried again without writing anything
	 * @param monitor counts
	 * @param clock the time
	 * @param context surrounds what is logged of a record
	 */
	public FailureHandler(SubscriberEndpoint endpoint, DeadLetterPublisher deadLetters, ErrorReplies errors,
			RetryStrategy retries, RetryStrategy lane, SubscriberMonitor monitor, InstantSource clock,
			RunContext context) {
		this.endpoint = endpoint;
		this.deadLetters = deadLetters;
		this.errors = errors;
		this.retries = retries;
		this.lane = lane;
		this.monitor = monitor;
		this.clock = clock;
		this.context = context;
	}

	/**
	 * Take care of a record whose decoding, handler or reply has failed.
	 * @param record the record
	 * @param failure what was thrown; a {@link RecordControl} is no failure but an order
	 * @param next what is to be done when it is tried again
	 */
	public void failed(InFlightRecord record, Throwable failure, RecordHandler next) {
		failed(record, failure, next, true);
	}

	/**
	 * Take care of records whose handler has failed with all of them at once, without
	 * saying which are to blame. As long as there are several, none of them is rejected
	 * because of a failure that is not worth another attempt.
	 * @param records the records
	 * @param failure what was thrown; a {@link RecordControl} is no failure but an order
	 * @param next what is to be done when they are tried again
	 */
	public void failedTogether(List<InFlightRecord> records, Throwable failure, RecordHandler next) {
		boolean blamed = records.size() == 1 || cause(failure) instanceof RecordControl;
		if (!blamed && !records.isEmpty()) {
			logger.warn(
					"%s failed on %d records at once, from %s on, attempt %d".formatted(this.endpoint.describe(),
							records.size(), coordinates(records.get(0)), records.get(0).attempt()),
					LoggedFailure.of(cause(failure)));
		}
		records.forEach((record) -> failed(record, failure, next, blamed));
	}

	private void failed(InFlightRecord record, Throwable failure, RecordHandler next, boolean blamed) {
		Throwable cause = cause(failure);
		if (cause instanceof RecordControl control) {
			decided(record, control, next);
			return;
		}
		this.monitor.count(Outcome.FAILED);
		switch (policy()) {
			case ACK, ACK_FIRST -> drop(record, cause);
			case NACK_ON_ERROR -> retry(record, backoff(), this.retries, cause, next, blamed);
			case REJECT_ON_ERROR -> reject(record, cause);
			case ACK_ON_SUCCESS, MANUAL -> retryOrReject(record, cause, next, blamed);
		}
	}

	/**
	 * Take care of a record whose reply the broker has not taken.
	 * @param record the record
	 * @param failure why
	 * @param next sends what has not been sent
	 */
	public void sendFailed(InFlightRecord record, Throwable failure, RecordHandler next) {
		sendFailed(record, failure, next, true);
	}

	/**
	 * Take care of records of which the broker has not taken something that they have
	 * published together, or whose handler has failed after it had published something.
	 * @param records the records
	 * @param failure why
	 * @param next what is to be done when they are tried again
	 */
	public void sendFailedTogether(List<InFlightRecord> records, Throwable failure, RecordHandler next) {
		boolean blamed = records.size() == 1 || cause(failure) instanceof RecordControl;
		records.forEach((record) -> sendFailed(record, failure, next, blamed));
	}

	private void sendFailed(InFlightRecord record, Throwable failure, RecordHandler next, boolean blamed) {
		Throwable cause = cause(failure);
		if (isSentAgain(cause)) {
			this.monitor.count(Outcome.FAILED);
			// With the broker away, no topic could be written to. The handler has done
			// its work.
			retry(record, backoff().forBroker(), this.lane, cause, next, true);
			return;
		}
		failed(record, cause, next, blamed);
	}

	/**
	 * Do what the handler of a record has decided.
	 * @param record the record
	 * @param decision the decision
	 * @param next what is to be done when it is tried again
	 */
	public void decided(InFlightRecord record, RecordControl decision, RecordHandler next) {
		if (decision instanceof NackRecord nack && policy() != AckPolicy.ACK_FIRST) {
			Duration delay = nack.delay();
			this.monitor.count(Outcome.RETRIED);
			this.retries.retry(record, (delay != null) ? delay : backoff().delayAfter(record.attempt()), decision,
					next);
		}
		else if (decision instanceof RejectRecord && policy() != AckPolicy.ACK_FIRST) {
			reject(record, decision);
		}
		else {
			this.monitor.count((decision instanceof SkipRecord) ? Outcome.SKIPPED : Outcome.PROCESSED);
			record.finish();
		}
	}

	/**
	 * Take note that a handler has failed after it had decided about its record. The
	 * decision counts.
	 * @param record the record
	 * @param failure what the handler has thrown
	 */
	public void failedAfterDecision(InFlightRecord record, Throwable failure) {
		log(record, (log) -> log.warn("%s has thrown an exception after it had decided about %s; the decision counts"
			.formatted(this.endpoint.describe(), coordinates(record)), LoggedFailure.of(failure)));
	}

	/**
	 * Return what a handler has thrown.
	 * @param failure the failure, perhaps as an asynchronous handler reports it
	 * @return the handler's own exception
	 */
	public static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private void retryOrReject(InFlightRecord record, Throwable cause, RecordHandler next, boolean blamed) {
		RetrySettings retry = this.endpoint.delivery().retry();
		Duration maxTime = retry.maxTime();
		Instant now = this.clock.instant();
		boolean inTime = maxTime == null || Duration.between(record.firstAttempt(now), now).compareTo(maxTime) < 0;
		if (record.attempt() < retry.attempts() && inTime && (!blamed || retry.failures().isRetryable(cause))) {
			retry(record, backoff(), this.retries, cause, next, blamed);
		}
		else {
			reject(record, cause);
		}
	}

	private void retry(InFlightRecord record, Backoff backoff, RetryStrategy strategy, Throwable cause,
			RecordHandler next, boolean blamed) {
		Duration delay = backoff.delayAfter(record.attempt());
		String message = "%s failed on %s, attempt %d; the next one is in %d ms".formatted(this.endpoint.describe(),
				coordinates(record), record.attempt(), delay.toMillis());
		log(record, (log) -> {
			if (!blamed) {
				log.debug(message);
			}
			else if (record.attempt() == 1) {
				log.warn(message, LoggedFailure.of(cause));
			}
			else {
				log.warn(message + ": " + LoggedFailure.of(cause));
			}
		});
		this.monitor.count(Outcome.RETRIED);
		strategy.retry(record, delay, cause, next);
	}

	private void reject(InFlightRecord record, Throwable cause) {
		if (this.endpoint.delivery().deadLetter().enabled()) {
			deadLetter(record, cause, record.attempt());
		}
		else {
			drop(record, cause);
		}
	}

	private void deadLetter(InFlightRecord record, Throwable cause, int attempts) {
		this.deadLetters.publish(record.record(), cause, attempts, (unsent, problem) -> {
			String message = "%s failed for good on %s, attempt %d".formatted(this.endpoint.describe(),
					coordinates(record), attempts);
			String topic = this.endpoint.delivery().deadLetter().topicFor(record.record().topic());
			if (problem == null) {
				log(record, (log) -> log.error(message + "; the record is now in " + topic, LoggedFailure.of(cause)));
				this.monitor.deadLettered(coordinates(record));
				finish(record, cause);
				return;
			}
			Duration delay = backoff().forBroker().delayAfter(record.attempt());
			log(record,
					(log) -> log
						.error("%s (%s), and its dead letter could not be written to %s; it is written again in %d ms"
							.formatted(message, LoggedFailure.of(cause), topic, delay.toMillis()), problem));
			this.monitor.deadLetterFailed(coordinates(record), problem, () -> this.lane.hasGivenUp(record));
			this.lane.retry(record, delay, problem, (again) -> {
				deadLetter(again, cause, attempts);
				return null;
			});
		});
	}

	private void drop(InFlightRecord record, Throwable cause) {
		log(record, (log) -> log.error("%s failed on %s, attempt %d; the record is left behind"
			.formatted(this.endpoint.describe(), coordinates(record), record.attempt()), LoggedFailure.of(cause)));
		this.monitor.count(Outcome.DROPPED);
		finish(record, cause);
	}

	private void finish(InFlightRecord record, Throwable cause) {
		this.errors.send(record.record(), cause, (unsent, problem) -> {
			if (problem == null) {
				record.finish();
				return;
			}
			log(record, (log) -> log.error("%s could not tell who has asked that %s has failed"
				.formatted(this.endpoint.describe(), coordinates(record)), problem));
			if (isSentAgain(cause(problem))) {
				this.lane.retry(record, backoff().forBroker().delayAfter(record.attempt()), problem, (again) -> {
					finish(again, cause);
					return null;
				});
				return;
			}
			record.finish();
		});
	}

	// Often on the producer's thread, which knows of no record.
	private void log(InFlightRecord record, Consumer<Log> entry) {
		try (RunContext.Run run = this.context.enter(record)) {
			entry.accept(logger);
		}
	}

	private boolean isSentAgain(Throwable failure) {
		boolean dropping = policy() == AckPolicy.ACK || policy() == AckPolicy.ACK_FIRST;
		return !dropping && isPassing(failure);
	}

	// With the broker away, a dead letter could not be written either.
	private static boolean isPassing(Throwable failure) {
		Throwable cause = failure;
		while (cause instanceof org.springframework.kafka.KafkaException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause instanceof RetriableException;
	}

	private Backoff backoff() {
		return this.endpoint.delivery().retry().backoff();
	}

	private AckPolicy policy() {
		return this.endpoint.delivery().ackPolicy();
	}

	private static String coordinates(InFlightRecord inFlight) {
		ConsumerRecord<?, ?> record = inFlight.record();
		return record.topic() + "-" + record.partition() + "@" + record.offset();
	}

}
