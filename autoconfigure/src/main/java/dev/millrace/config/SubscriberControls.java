package dev.millrace.config;

import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import dev.millrace.RecordPuller;
import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;
import dev.millrace.SubscriberSpec;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * The subscribers of the application and their containers.
 */
public final class SubscriberControls implements StreamSubscribers {

	private final SubscriberRuntimes runtimes;

	private final KafkaListenerEndpointRegistry containers;

	private final ObjectProvider<EndpointRegistrar> registrar;

	private final Pullers pullers;

	/**
	 * Create the controls.
	 * @param runtimes the subscribers
	 * @param containers have their containers
	 * @param registrar provides the registrar of further ones
	 * @param pullers read without a subscriber
	 */
	public SubscriberControls(SubscriberRuntimes runtimes, KafkaListenerEndpointRegistry containers,
			ObjectProvider<EndpointRegistrar> registrar, Pullers pullers) {
		this.runtimes = runtimes;
		this.containers = containers;
		this.registrar = registrar;
		this.pullers = pullers;
	}

	@Override
	public SubscriberControl get(String id) {
		return control(this.runtimes.get(id));
	}

	@Override
	public Collection<SubscriberControl> all() {
		return this.runtimes.runtimes().stream().map(this::control).toList();
	}

	@Override
	public SubscriberControl add(String id, Consumer<SubscriberSpec> specification) {
		this.registrar.getObject().register(id, specification);
		return get(id);
	}

	@Override
	public CompletionStage<Void> remove(String id) {
		return get(id).stop().thenRun(() -> this.registrar.getObject().unregister(id));
	}

	@Override
	public RecordPuller pull(Consumer<RecordPuller.Spec> specification) {
		return this.pullers.open(specification);
	}

	private SubscriberControl control(SubscriberRuntime runtime) {
		return new ContainerControl(runtime,
				Objects.requireNonNull(this.containers.getListenerContainer(runtime.id())));
	}

}
