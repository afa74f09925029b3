package dev.millrace.config;

import java.util.function.UnaryOperator;

import org.springframework.kafka.core.ConsumerFactory;

import dev.millrace.dispatch.Timer;
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

	private final DeliveryMode inOrder;

	/**
	 * Create the choice.
	 * @param sender sends results and dead letters outside transactions
	 * @param producers send them in transactions
	 * @param consumers make consumers that read bytes
	 * @param timer the time
	 */
	public DeliveryModes(RecordSender sender, TransactionalProducers producers,
			ConsumerFactory<byte[], byte[]> consumers, Timer timer) {
		this.atLeastOnce = new AtLeastOnce(sender, UnaryOperator.identity());
		this.exactlyOnce = new ExactlyOnce(producers, consumers.getConfigurationProperties());
		this.ofRetries = new AtLeastOnce(sender, (processor) -> RetryTopicHandler.of(processor, timer));
		this.inOrder = new InOrder(sender, new RetryConsumers(consumers));
	}

	DeliveryMode of(SubscriberEndpoint endpoint) {
		DeliveryMode mode = endpoint.delivery().exactlyOnce() ? this.exactlyOnce : atLeastOnce(endpoint);
		mode.check(endpoint);
		return mode;
	}

	private DeliveryMode atLeastOnce(SubscriberEndpoint endpoint) {
		return endpoint.delivery().retry().parksKeys() ? this.inOrder : this.atLeastOnce;
	}

	DeliveryMode ofRetries() {
		return this.ofRetries;
	}

}
