package dev.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

import dev.millrace.StreamConfigurationException;
import dev.millrace.SubscriberSpec;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Registers the subscribers of a declaration: reads them, enters them into the registry
 * and has their containers made.
 */
public final class EndpointRegistrar {

	private static final Log logger = LogFactory.getLog(EndpointRegistrar.class);

	private final ConfigurableBeanFactory beanFactory;

	private final EndpointReader reader;

	private final EndpointRegistry registry;

	private final TopicInitializer topics;

	private final SubscriberContainerRegistrar containers;

	/**
	 * Create a registrar.
	 * @param beanFactory knows the scopes of the beans
	 * @param reader reads annotations
	 * @param registry holds the subscribers
	 * @param topics looks after the topics of subscribers that come late
	 * @param containers makes their containers
	 */
	public EndpointRegistrar(ConfigurableBeanFactory beanFactory, EndpointReader reader, EndpointRegistry registry,
			TopicInitializer topics, SubscriberContainerRegistrar containers) {
		this.beanFactory = beanFactory;
		this.reader = reader;
		this.registry = registry;
		this.topics = topics;
		this.containers = containers;
	}

	// One at a time: threads that create instances of one prototype must not number them
	// alike.
	synchronized void register(List<SubscriberDeclaration> ofBean) {
		boolean prototype = ofBean.stream().anyMatch(this::isPrototype);
		List<SubscriberEndpoint> endpoints = ofBean.stream()
			.flatMap((each) -> this.reader.read(each).stream())
			.toList();
		List<SubscriberEndpoint> registered = new ArrayList<>();
		try {
			for (SubscriberEndpoint endpoint : endpoints) {
				SubscriberEndpoint next = prototype ? numbered(endpoint) : endpoint;
				register(next);
				registered.add(next);
			}
		}
		catch (RuntimeException ex) {
			// A lazy bean may be asked for again, and of this instance there will be no
			// bean.
			registered.forEach(this::remove);
			throw ex;
		}
	}

	/**
	 * Register a subscriber that is declared in code.
	 * @param id its id
	 * @param specification says what it is
	 */
	public synchronized void register(String id, Consumer<SubscriberSpec> specification) {
		register(this.reader.read(id, specification));
	}

	/**
	 * Remove a subscriber that has stopped.
	 * @param id its id
	 */
	synchronized void unregister(String id) {
		SubscriberEndpoint endpoint = this.registry.find(id);
		if (endpoint != null) {
			remove(endpoint);
		}
	}

	private void remove(SubscriberEndpoint endpoint) {
		this.containers.unregister(endpoint);
		this.registry.remove(endpoint);
	}

	// A warning and not an error: a bean that is created later may have the id.
	void reportUnusedSettings() {
		List<String> ids = this.registry.all().stream().map(SubscriberEndpoint::id).toList();
		Set<String> unused = this.reader.unusedOverrides(ids);
		if (!unused.isEmpty()) {
			logger.warn(("The settings millrace.subscribers.%s are of no subscriber that exists now; there are %s. "
					+ "An id with a dot needs brackets: millrace.subscribers.[a.b].concurrency")
				.formatted(unused, ids));
		}
	}

	private void register(SubscriberEndpoint endpoint) {
		RetryTopicRules.check(endpoint, this.registry.all());
		this.registry.register(endpoint);
		try {
			// The topics of those that are there before it runs are in its own care.
			if (this.topics.isRunning()) {
				this.topics.initialize(List.of(endpoint));
			}
			this.containers.register(endpoint);
		}
		catch (RuntimeException ex) {
			this.registry.remove(endpoint);
			throw ex;
		}
	}

	private boolean isPrototype(SubscriberDeclaration declaration) {
		String beanName = declaration.beanName();
		if (!this.beanFactory.containsBean(beanName) || this.beanFactory.isSingleton(beanName)) {
			return false;
		}
		if (!this.beanFactory.isPrototype(beanName)) {
			String scope = this.beanFactory.getMergedBeanDefinition(beanName).getScope();
			throw new StreamConfigurationException(
					"%s handles records, but that bean has the scope '%s': each of its instances would be a subscriber."
						.formatted(declaration.description(), scope),
					"Give it a proxy that calls the scope's instance, @Scope(value = \"%s\", ".formatted(scope)
							+ "proxyMode = ScopedProxyMode.TARGET_CLASS), or leave out the scope.");
		}
		return true;
	}

	// Each instance of a prototype is a subscriber of its own, in the same group.
	private SubscriberEndpoint numbered(SubscriberEndpoint endpoint) {
		String id = endpoint.id();
		for (int i = 2; this.registry.find(id) != null; i++) {
			id = endpoint.id() + "-" + i;
		}
		return endpoint.withId(id);
	}

}
