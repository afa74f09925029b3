package dev.millrace.listener;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Decides what becomes of a record that failed: it is tried again until it succeeds, with
 * a growing delay, and nothing behind it is committed meanwhile.
 */
public final class FailureHandler {

	private static final Log logger = LogFactory.getLog(FailureHandler.class);

	private final SubscriberEndpoint endpoint;

	/**
	 * Create the failure handler of a subscriber.
	 * @param endpoint the subscriber
	 */
	public FailureHandler(SubscriberEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	void failed(InFlightRecord inFlight, Throwable failure, RecordHandler next) {
		int attempt = inFlight.attempt();
		Duration delay = this.endpoint.retry().delayAfter(attempt, ThreadLocalRandom.current().nextDouble());
		ConsumerRecord<?, ?> record = inFlight.record();
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		String message = "%s failed on %s-%d@%d, attempt %d; the next one is in %d ms".formatted(
				this.endpoint.describe(), record.topic(), record.partition(), record.offset(), attempt,
				delay.toMillis());
		if (attempt == 1) {
			logger.warn(message, cause);
		}
		else {
			logger.warn(message + ": " + cause);
		}
		inFlight.retry(delay, next);
	}

}
