package dev.millrace.config;

import java.util.Objects;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.handler.Deliveries;
import dev.millrace.listener.BatchProcessors;
import dev.millrace.listener.DirectHandling;
import dev.millrace.listener.Processors;
import dev.millrace.listener.RecordProcessors;
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

	private final HandlerRouteFactory routes;

	private final DeliveryModes modes;

	private final DerivedTopics derivedTopics;

	private final LaneThreads threads;

	private final Timer timer;

	private final SubscriberRuntimes runtimes;

	private final Function<String, ConsumerRebalanceListener> rebalanceListeners;

	/**
	 * Create a registrar.
	 * @param registry spring-kafka's registry
	 * @param containerFactory makes containers of consumers that read bytes
	 * @param routes puts handlers together
	 * @param modes how often records take effect
	 * @param derivedTopics knows the topics of dead letters and retries
	 * @param threads runs handlers
	 * @param timer the time
	 * @param runtimes holds what has been put together
	 * @param rebalanceListeners find the application's listeners by their names, or throw
	 */
	public SubscriberContainerRegistrar(KafkaListenerEndpointRegistry registry,
			KafkaListenerContainerFactory<?> containerFactory, HandlerRouteFactory routes, DeliveryModes modes,
			DerivedTopics derivedTopics, LaneThreads threads, Timer timer, SubscriberRuntimes runtimes,
			Function<String, ConsumerRebalanceListener> rebalanceListeners) {
		this.registry = registry;
		this.containerFactory = containerFactory;
		this.routes = routes;
		this.modes = modes;
		this.derivedTopics = derivedTopics;
		this.threads = threads;
		this.timer = timer;
		this.runtimes = runtimes;
		this.rebalanceListeners = rebalanceListeners;
	}

	void register(SubscriberEndpoint endpoint) {
		SubscriberEndpoint retries = RetrySubscriber.of(endpoint);
		SubscriberRuntime runtime = new SubscriberRuntime(endpoint, retries, selector(endpoint, retries), this.threads,
				this.timer, this.routes.surroundings(endpoint));
		Processors processors = processors(runtime);
		DeliveryMode mode = this.modes.of(endpoint);
		MessageListenerContainer container = register(endpoint, runtime, processors, mode);
		RecordHandler direct = mode.direct(processors);
		if (direct != null) {
			runtime.direct(new DirectHandling(runtime, RetryTopicHandler.of(direct, this.timer)));
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

	// A record that waits in a topic must not wait for another one that is due later.
	private static LaneSelector selector(SubscriberEndpoint endpoint, @Nullable SubscriberEndpoint retries) {
		LaneSelector ordered = LaneSelector.of(endpoint.flow().ordering());
		return (retries != null) ? ordered.butNoOrderIn(endpoint.delivery().retry().topic()) : ordered;
	}

	private Processors processors(SubscriberRuntime runtime) {
		SubscriberEndpoint endpoint = runtime.endpoint();
		Deliveries deliveries = this.routes.deliveries(endpoint);
		if (endpoint.flow().batch() != null) {
			return new BatchProcessors(runtime, deliveries, this.routes.createForBatches(endpoint), this.derivedTopics,
					this.routes.scopes(), this.threads);
		}
		return new RecordProcessors(runtime, deliveries, this.routes.create(endpoint), this.derivedTopics,
				this.routes.scopes(), this.threads);
	}

}
