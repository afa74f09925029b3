package dev.millrace.config;

import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.BodyWriter;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DeadLetterPublisher;
import dev.millrace.failure.DeadLetterTopics;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.ResultType;
import dev.millrace.listener.RecordProcessor;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.ReplyPublisher;

/**
 * Puts a subscriber together and registers its container in spring-kafka's own registry,
 * which starts and stops it with all others.
 */
public final class SubscriberContainerRegistrar {

	private final KafkaListenerEndpointRegistry registry;

	private final KafkaListenerContainerFactory<?> containerFactory;

	private final HandlerMethodFactory handlerMethods;

	private final BodyWriter writer;

	private final RecordSender sender;

	private final DeadLetterTopics deadLetterTopics;

	private final LaneThreads threads;

	/**
	 * Create a registrar.
	 * @param registry spring-kafka's registry
	 * @param containerFactory makes containers of consumers that read bytes
	 * @param handlerMethods makes invokers of handlers
	 * @param writer encodes results
	 * @param sender sends results and dead letters
	 * @param deadLetterTopics knows the topics of dead letters
	 * @param threads runs handlers
	 */
	public SubscriberContainerRegistrar(KafkaListenerEndpointRegistry registry,
			KafkaListenerContainerFactory<?> containerFactory, HandlerMethodFactory handlerMethods, BodyWriter writer,
			RecordSender sender, DeadLetterTopics deadLetterTopics, LaneThreads threads) {
		this.registry = registry;
		this.containerFactory = containerFactory;
		this.handlerMethods = handlerMethods;
		this.writer = writer;
		this.sender = sender;
		this.deadLetterTopics = deadLetterTopics;
		this.threads = threads;
	}

	void register(SubscriberEndpoint endpoint) {
		this.registry.registerListenerContainer(
				new SubscriberContainerEndpoint(endpoint, lanes(endpoint), processor(endpoint)), this.containerFactory,
				false);
		// A registry that does not run yet starts the container when it does. It is not
		// asked to start this one, because it would not care whether that is wanted.
		MessageListenerContainer container = this.registry.getListenerContainer(endpoint.id());
		if (this.registry.isRunning() && container != null && container.isAutoStartup()) {
			start(container, endpoint.id());
		}
	}

	private void start(MessageListenerContainer container, String id) {
		try {
			container.start();
		}
		catch (RuntimeException ex) {
			this.registry.unregisterListenerContainer(id);
			throw ex;
		}
	}

	private Lanes lanes(SubscriberEndpoint endpoint) {
		return new Lanes(LaneSelector.of(endpoint.flow().ordering()), this.threads, endpoint.flow().concurrency(),
				Timer.SYSTEM);
	}

	private RecordProcessor processor(SubscriberEndpoint endpoint) {
		ResultType result = ResultType.of(endpoint.handler());
		if (result.isVoid() && !endpoint.publishers().isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but returns nothing to publish.".formatted(endpoint.handler().describe()),
					"Return the value to publish, or remove @StreamPublisher.");
		}
		SubscriberMonitor monitor = new SubscriberMonitor();
		FailureHandler failures = new FailureHandler(endpoint,
				new DeadLetterPublisher(endpoint, this.deadLetterTopics, this.sender), monitor);
		return new RecordProcessor(this.handlerMethods.create(endpoint.handler()),
				new ReplyPublisher(endpoint, result.valueType(), this.writer), this.sender, failures, monitor,
				endpoint.delivery().ackPolicy());
	}

}
