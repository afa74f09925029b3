package dev.millrace.config;

import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.RetryTopicHandler;
import dev.millrace.publisher.RecordSender;

/**
 * Chooses how often the records of a subscriber take effect.
 */
public final class DeliveryModes {

	private final DeliveryMode atLeastOnce;

	private final DeliveryMode exactlyOnce;

	private final DeliveryMode ofRetries;

	/**
	 * Create the choice.
	 * @param sender sends results and dead letters outside transactions
	 * @param producers send them in transactions
	 * @param consumerProperties the properties of all consumers
	 */
	public DeliveryModes(RecordSender sender, TransactionalProducers producers,
			Map<String, Object> consumerProperties) {
		this.atLeastOnce = new AtLeastOnce(sender, UnaryOperator.identity());
		this.exactlyOnce = new ExactlyOnce(producers, consumerProperties);
		this.ofRetries = new AtLeastOnce(sender, (processor) -> new RetryTopicHandler(processor, Clock.systemUTC()));
	}

	DeliveryMode of(SubscriberEndpoint endpoint) {
		DeliveryMode mode = endpoint.delivery().exactlyOnce() ? this.exactlyOnce : this.atLeastOnce;
		mode.check(endpoint);
		return mode;
	}

	DeliveryMode ofRetries() {
		return this.ofRetries;
	}

}
