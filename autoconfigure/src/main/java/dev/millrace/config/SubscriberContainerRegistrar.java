package dev.millrace.config;

import java.util.Objects;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.DirectHandling;
import dev.millrace.listener.Processors;
import dev.millrace.listener.RetryTopicHandler;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Puts a subscriber together and registers its container in spring-kafka's own registry,
 * which starts and stops it with all others.
 */
public final class SubscriberContainerRegistrar {

	private final KafkaListenerEndpointRegistry registry;

	private final KafkaListenerContainerFactory<?> containerFactory;

	private final SubscriberAssembler assembler;

	private final DeliveryModes modes;

	private final SubscriberRuntimes runtimes;

	private final Function<String, ConsumerRebalanceListener> rebalanceListeners;

	/**
	 * Create a registrar.
	 * @param registry spring-kafka's registry
	 * @param containerFactory makes containers of consumers that read bytes
	 * @param assembler puts what handles records together
	 * @param modes how often records take effect
	 * @param runtimes holds what has been put together
	 * @param rebalanceListeners find the application's listeners by their names, or throw
	 */
	public SubscriberContainerRegistrar(KafkaListenerEndpointRegistry registry,
			KafkaListenerContainerFactory<?> containerFactory, SubscriberAssembler assembler, DeliveryModes modes,
			SubscriberRuntimes runtimes, Function<String, ConsumerRebalanceListener> rebalanceListeners) {
		this.registry = registry;
		this.containerFactory = containerFactory;
		this.assembler = assembler;
		this.modes = modes;
		this.runtimes = runtimes;
		this.rebalanceListeners = rebalanceListeners;
	}

	void register(SubscriberEndpoint endpoint) {
		SubscriberEndpoint retries = RetrySubscriber.of(endpoint);
		Processors processors = this.assembler.create(endpoint, retries);
		SubscriberRuntime runtime = processors.runtime();
		DeliveryMode mode = this.modes.of(endpoint);
		MessageListenerContainer container = register(endpoint, runtime, processors, mode);
		RecordHandler direct = mode.direct(processors);
		if (direct != null) {
			runtime.direct(new DirectHandling(runtime, RetryTopicHandler.of(direct, runtime.timer())));
		}
		this.runtimes.add(runtime);
		try {
			if (retries != null) {
				((SubscriberContainer) container)
					.accompaniedBy(register(retries, runtime, processors, this.modes.ofRetries()));
			}
			// A registry that does not run yet starts the container when it does. It is
			// not asked to start this one, because it would not care whether that is
			// wanted.
			if (this.registry.isRunning() && container.isAutoStartup()) {
				container.start();
			}
		}
		catch (RuntimeException ex) {
			unregister(endpoint);
			throw ex;
		}
	}

	void unregister(SubscriberEndpoint endpoint) {
		SubscriberEndpoint retries = RetrySubscriber.of(endpoint);
		// Whoever looks for it meanwhile finds it.
		MessageListenerContainer container = this.registry.getListenerContainer(endpoint.id());
		if (container != null) {
			container.stop();
		}
		this.registry.unregisterListenerContainer(endpoint.id());
		if (retries != null) {
			this.registry.unregisterListenerContainer(retries.id());
		}
		this.runtimes.remove(endpoint.id());
	}

	private MessageListenerContainer register(SubscriberEndpoint endpoint, SubscriberRuntime runtime,
			Processors processors, DeliveryMode mode) {
		this.registry.registerListenerContainer(
				new SubscriberContainerEndpoint(endpoint, runtime, processors, mode, rebalanceListener(endpoint)),
				this.containerFactory, false);
		return Objects.requireNonNull(this.registry.getListenerContainer(endpoint.id()));
	}

	private @Nullable ConsumerRebalanceListener rebalanceListener(SubscriberEndpoint endpoint) {
		String name = endpoint.collaborators().rebalanceListener();
		return (name != null) ? this.rebalanceListeners.apply(name) : null;
	}

}
