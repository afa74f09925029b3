package dev.millrace.config;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes sure, right before the containers start, that the broker can be reached and the
 * declared topics exist.
 */
public final class TopicInitializer implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(TopicInitializer.class);

	private final EndpointRegistry registry;

	private final Map<String, Object> adminProperties;

	private final TopicSettings settings;

	private volatile boolean running;

	/**
	 * Create an initializer.
	 * @param registry holds the subscribers
	 * @param adminProperties the properties of an admin client
	 * @param settings what to do
	 */
	public TopicInitializer(EndpointRegistry registry, Map<String, Object> adminProperties, TopicSettings settings) {
		this.registry = registry;
		this.adminProperties = adminProperties;
		this.settings = settings;
	}

	@Override
	public void start() {
		initialize(this.registry.all());
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return AbstractMessageListenerContainer.DEFAULT_PHASE - 1;
	}

	/**
	 * Look after the topics of subscribers.
	 * @param endpoints the subscribers
	 * @throws StreamConfigurationException when the broker can't be reached, or a topic
	 * is missing and must not be or can't be created
	 */
	void initialize(Collection<SubscriberEndpoint> endpoints) {
		Map<String, String> topics = new TreeMap<>();
		for (SubscriberEndpoint endpoint : endpoints) {
			endpoint.subscription().topics().forEach((topic) -> topics.putIfAbsent(topic, endpoint.describe()));
			for (PublisherEndpoint publisher : endpoint.publishers()) {
				topics.putIfAbsent(publisher.topic(), endpoint.describe());
			}
		}
		if (endpoints.isEmpty() || this.settings.missing() == MissingTopics.IGNORE) {
			return;
		}
		try (Admin admin = Admin.create(this.adminProperties)) {
			Set<String> existing = get(admin.listTopics().names());
			topics.keySet().removeAll(existing);
			if (!topics.isEmpty()) {
				missing(admin, topics);
			}
		}
	}

	private void missing(Admin admin, Map<String, String> topics) {
		if (this.settings.missing() == MissingTopics.FAIL) {
			throw new StreamConfigurationException("These topics do not exist: %s.".formatted(topics),
					"Create them, or set millrace.topics.missing=create.");
		}
		List<NewTopic> created = topics.keySet().stream().map(this::newTopic).toList();
		CreateTopicsResult result = admin.createTopics(created);
		Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
		for (String topic : topics.keySet()) {
			for (int partition = 0; partition < created(topic, result, topics); partition++) {
				partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
			}
		}
		awaitLeaders(admin, partitions);
		logger.info("Created the topics " + String.join(", ", topics.keySet()));
	}

	private int created(String topic, CreateTopicsResult result, Map<String, String> topics) {
		try {
			return get(result.numPartitions(topic));
		}
		catch (RefusedException ex) {
			if (ex.getCause() instanceof TopicExistsException) {
				return 0;
			}
			throw new StreamConfigurationException(
					"The topic '%s' of %s could not be created (%s).".formatted(topic, topics.get(topic),
							ex.getMessage()),
					"Create it, allow the application to, or set millrace.topics.missing=ignore.", ex.getCause());
		}
	}

	// What is sent before the leader of a new partition is ready may be overtaken by what
	// is
	// sent next, and is then refused until it times out. Only leaders know offsets.
	private void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
		Duration pause = Duration.ofMillis(50);
		RetryPolicy untilTimeout = RetryPolicy.builder()
			.includes(RefusedException.class)
			.delay(pause)
			.maxRetries(this.settings.timeout().dividedBy(pause))
			.build();
		try {
			new RetryTemplate(untilTimeout).execute(() -> get(admin.listOffsets(partitions).all()));
		}
		catch (RetryException ex) {
			throw unreachable(ex);
		}
	}

	private NewTopic newTopic(String name) {
		return new NewTopic(name, Optional.ofNullable(this.settings.partitions()),
				Optional.ofNullable(this.settings.replicas()));
	}

	private <T> T get(KafkaFuture<T> future) {
		try {
			return future.get(this.settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw (cause instanceof org.apache.kafka.common.errors.TimeoutException) ? unreachable(cause)
					: new RefusedException(cause);
		}
		catch (TimeoutException ex) {
			throw unreachable(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the broker", ex);
		}
	}

	private StreamConfigurationException unreachable(Throwable cause) {
		return new StreamConfigurationException(
				"No Kafka broker answered at %s within %d ms.".formatted(
						this.adminProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
						this.settings.timeout().toMillis()),
				"Start a broker there or correct spring.kafka.bootstrap-servers; for development, add "
						+ "dev.millrace:millrace-embedded-broker and leave spring.kafka.bootstrap-servers out. With "
						+ "millrace.topics.missing=ignore the application starts without asking the broker.",
				cause);
	}

	/**
	 * Why the broker refused a request.
	 */
	private static final class RefusedException extends RuntimeException {

		RefusedException(Throwable cause) {
			super(cause.getMessage(), cause);
		}

	}

}
