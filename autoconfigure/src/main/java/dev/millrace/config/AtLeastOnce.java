package dev.millrace.config;

import java.util.Map;
import java.util.function.UnaryOperator;

import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.RetryStrategy;
import dev.millrace.listener.EngineListener;
import dev.millrace.listener.Processors;
import dev.millrace.listener.RetryReaders;
import dev.millrace.listener.SubscriberListener;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.publisher.RecordSender;

/**
 * Records are finished when all that they publish is confirmed, each for itself.
 */
final class AtLeastOnce implements DeliveryMode {

	private final RecordSender sender;

	private final UnaryOperator<RecordHandler> steps;

	/**
	 * Create the mode.
	 * @param sender sends what is published
	 * @param steps adds to what is done with a record
	 */
	AtLeastOnce(RecordSender sender, UnaryOperator<RecordHandler> steps) {
		this.sender = sender;
		this.steps = steps;
	}

	@Override
	public Map<String, String> consumerProperties() {
		return Map.of();
	}

	@Override
	public EngineListener listener(SubscriberEndpoint endpoint, SubscriberRuntime runtime, Processors processors,
			MessageListenerContainer container) {
		return new SubscriberListener(endpoint, runtime, this.steps.apply(direct(processors)), RetryReaders.NONE,
				container);
	}

	@Override
	public RecordHandler direct(Processors processors) {
		return processors.create(this.sender, processors.failures(this.sender, RetryStrategy.IN_LANE));
	}

	@Override
	public void check(SubscriberEndpoint endpoint) {
		// Every combination of settings works.
	}

}
