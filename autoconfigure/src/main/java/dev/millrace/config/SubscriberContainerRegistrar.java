package dev.millrace.config;

import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DeadLetterPublisher;
import dev.millrace.failure.DeadLetterTopics;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.ResultType;
import dev.millrace.listener.RecordProcessor;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
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

	private final SubscriberRuntimes runtimes;

	/**
	 * Create a registrar.
	 * @param registry spring-kafka's registry
	 * @param containerFactory makes containers of consumers that read bytes
	 * @param handlerMethods makes invokers of handlers
	 * @param writer encodes results
	 * @param sender sends results and dead letters
	 * @param deadLetterTopics knows the topics of dead letters
	 * @param threads runs handlers
	 * @param runtimes holds what has been put together
	 */
	public SubscriberContainerRegistrar(KafkaListenerEndpointRegistry registry,
			KafkaListenerContainerFactory<?> containerFactory, HandlerMethodFactory handlerMethods, BodyWriter writer,
			RecordSender sender, DeadLetterTopics deadLetterTopics, LaneThreads threads, SubscriberRuntimes runtimes) {
		this.registry = registry;
		this.containerFactory = containerFactory;
		this.handlerMethods = handlerMethods;
		this.writer = writer;
		this.sender = sender;
		this.deadLetterTopics = deadLetterTopics;
		this.threads = threads;
		this.runtimes = runtimes;
	}

	void register(SubscriberEndpoint endpoint) {
		SubscriberRuntime runtime = new SubscriberRuntime(endpoint, this.threads);
		this.registry.registerListenerContainer(new SubscriberContainerEndpoint(runtime, processor(runtime)),
				this.containerFactory, false);
		this.runtimes.add(runtime);
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
			this.runtimes.remove(id);
			throw ex;
		}
	}

	private RecordProcessor processor(SubscriberRuntime runtime) {
		SubscriberEndpoint endpoint = runtime.endpoint();
		ResultType result = ResultType.of(endpoint.handler());
		if (result.isVoid() && !endpoint.publishers().isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but returns nothing to publish.".formatted(endpoint.handler().describe()),
					"Return the value to publish, or remove @StreamPublisher.");
		}
		FailureHandler failures = new FailureHandler(endpoint,
				new DeadLetterPublisher(endpoint, this.deadLetterTopics, this.sender), runtime.monitor());
		return new RecordProcessor(this.handlerMethods.create(endpoint.handler()),
				new ReplyPublisher(endpoint, result.valueType(), this.writer), this.sender, failures, runtime.monitor(),
				endpoint.delivery().ackPolicy());
	}

}
