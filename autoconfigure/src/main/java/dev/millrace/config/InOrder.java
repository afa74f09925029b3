package dev.millrace.config;

import java.time.Duration;
import java.util.Map;

import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.FailureHandler;
import dev.millrace.failure.OrderedRetries;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.failure.RetryStrategy;
import dev.millrace.listener.EngineListener;
import dev.millrace.listener.OrderedRetryReader;
import dev.millrace.listener.ParkingHandler;
import dev.millrace.listener.Processors;
import dev.millrace.listener.SubscriberListener;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.publisher.RecordSender;

/**
 * As {@link AtLeastOnce}, for a retry topic that keeps the order: each consumer reads the
 * retries of its own partitions.
 */
final class InOrder implements DeliveryMode {

	/**
	 * Short: between two polls the retries are read.
	 */
	private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

	private final RecordSender sender;

	private final RetryConsumers consumers;

	InOrder(RecordSender sender, RetryConsumers consumers) {
		this.sender = sender;
		this.consumers = consumers;
	}

	@Override
	public Map<String, String> consumerProperties() {
		return Map.of();
	}

	@Override
	public Duration pollTimeout() {
		return POLL_TIMEOUT;
	}

	@Override
	public EngineListener listener(SubscriberEndpoint endpoint, SubscriberRuntime runtime, Processors processors,
			MessageListenerContainer container) {
		ParkedPartitions parked = new ParkedPartitions(LaneSelector.of(endpoint.flow().ordering()));
		OrderedRetries retries = processors.orderedRetries(this.sender, parked);
		RecordHandler handler = new ParkingHandler(processor(processors, retries), retries, parked);
		// A record that has left its place in the topic would let others pass.
		RecordHandler ofRetries = processor(processors, RetryStrategy.IN_LANE);
		return new SubscriberListener(
				endpoint, runtime, handler, (consumer) -> new OrderedRetryReader(endpoint.delivery().retry().topic(),
						consumer, () -> this.consumers.create(endpoint), ofRetries, parked, runtime.timer()),
				container);
	}

	@Override
	public RecordHandler direct(Processors processors) {
		return processor(processors, RetryStrategy.IN_LANE);
	}

	@Override
	public void check(SubscriberEndpoint endpoint) {
		// The rules for retry topics are checked before.
	}

	private RecordHandler processor(Processors processors, RetryStrategy retries) {
		FailureHandler failures = processors.failures(this.sender, retries, RetryStrategy.IN_LANE);
		return processors.create(this.sender, failures);
	}

}
