package dev.millrace.config;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Makes sure, right before the containers start, that the broker can be reached and the
 * declared topics exist.
 */
public final class TopicInitializer implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(TopicInitializer.class);

	private final EndpointRegistry registry;

	private final PublishedTopics published;

	private final AdminSource admins;

	private final Map<String, Object> adminProperties;

	private final TopicSettings settings;

	private final DerivedTopicInitializer derived;

	private volatile boolean running;

	/**
	 * Create an initializer.
	 * @param registry holds the subscribers
	 * @param published the topics that are published to beside theirs
	 * @param admins makes admin clients
	 * @param adminProperties their properties, of which it tells when no broker answers
	 * @param settings what to do
	 * @param directory looks after the topics of dead letters and retries
	 */
	public TopicInitializer(EndpointRegistry registry, PublishedTopics published, AdminSource admins,
			Map<String, Object> adminProperties, TopicSettings settings, TopicDirectory directory) {
		this.registry = registry;
		this.published = published;
		this.admins = admins;
		this.adminProperties = adminProperties;
		this.settings = settings;
		this.derived = new DerivedTopicInitializer(directory, settings);
	}

	@Override
	public void start() {
		initialize(this.registry.all(), this.published.all());
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
		initialize(endpoints, Map.of());
	}

	private void initialize(Collection<SubscriberEndpoint> endpoints, Map<String, String> published) {
		Map<String, String> topics = new TreeMap<>(published);
		for (SubscriberEndpoint endpoint : endpoints) {
			endpoint.subscription().topics().forEach((topic) -> topics.putIfAbsent(topic, endpoint.describe()));
			for (PublisherEndpoint publisher : endpoint.publishers()) {
				topics.putIfAbsent(publisher.topic(), endpoint.describe());
			}
		}
		if ((endpoints.isEmpty() && topics.isEmpty()) || this.settings.missing() == MissingTopics.IGNORE) {
			return;
		}
		Admin admin = connect();
		Set<String> existing;
		try {
			existing = existing(admin);
			topics.keySet().removeAll(existing);
			if (!topics.isEmpty()) {
				missing(admin, topics);
			}
		}
		finally {
			// Not longer: a request that nobody answers would hold the start up.
			admin.close(Duration.ZERO);
		}
		this.derived.initialize(endpoints, existing);
	}

	private Admin connect() {
		try {
			return this.admins.createAdmin();
		}
		catch (KafkaException ex) {
			throw new StreamConfigurationException(
					"No Kafka client could be created: %s."
						.formatted(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()),
					"Correct what it names among the settings spring.kafka.*.", ex);
		}
	}

	private Set<String> existing(Admin admin) {
		try {
			return get(admin.listTopics().names());
		}
		catch (RefusedException ex) {
			throw new StreamConfigurationException(
					"The Kafka broker at %s refused to list its topics (%s).".formatted(brokers(), ex.getMessage()),
					"Correct the credentials in spring.kafka.*. With millrace.topics.missing=ignore the application "
							+ "starts without asking the broker.",
					ex.getCause());
		}
	}

	private void missing(Admin admin, Map<String, String> topics) {
		if (this.settings.missing() == MissingTopics.FAIL) {
			throw new StreamConfigurationException("These topics do not exist: %s.".formatted(topics),
					"Create them, or set millrace.topics.missing=create.");
		}
		CreateTopicsResult result = admin.createTopics(topics.keySet().stream().map(this::newTopic).toList());
		Set<String> created = new TreeSet<>();
		result.values().forEach((topic, creation) -> {
			if (isCreated(creation, topic, topics)) {
				created.add(topic);
			}
		});
		if (!created.isEmpty()) {
			awaitLeaders(admin, created);
			logger.info("Created the topics " + String.join(", ", created));
		}
	}

	private boolean isCreated(KafkaFuture<Void> creation, String topic, Map<String, String> topics) {
		try {
			get(creation);
			return true;
		}
		catch (RefusedException ex) {
			if (ex.getCause() instanceof TopicExistsException) {
				return false;
			}
			throw new StreamConfigurationException(
					"The topic '%s' of %s could not be created (%s).".formatted(topic, topics.get(topic),
							ex.getMessage()),
					"Create it, allow the application to, or set millrace.topics.missing=ignore.", ex.getCause());
		}
	}

	// What is sent before the leader of a new partition is ready may be overtaken by what
	// is sent next, and is then refused until it times out.
	private void awaitLeaders(Admin admin, Set<String> topics) {
		Duration pause = Duration.ofMillis(50);
		RetryPolicy untilTimeout = RetryPolicy.builder()
			.predicate((failure) -> failure.getCause() instanceof RetriableException)
			.delay(pause)
			.maxRetries(this.settings.timeout().dividedBy(pause))
			.build();
		try {
			new RetryTemplate(untilTimeout).execute(() -> askLeaders(admin, topics));
		}
		catch (RetryException ex) {
			if (ex.getCause() instanceof RefusedException refused
					&& !(refused.getCause() instanceof RetriableException)) {
				logger.debug("The leaders of new topics can't be asked whether they are ready", refused.getCause());
				return;
			}
			throw unreachable(ex);
		}
	}

	// Only leaders know offsets.
	private Map<TopicPartition, ListOffsetsResultInfo> askLeaders(Admin admin, Set<String> topics) {
		Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
		get(admin.describeTopics(topics).allTopicNames()).forEach((topic, description) -> description.partitions()
			.forEach((partition) -> partitions.put(new TopicPartition(topic, partition.partition()),
					OffsetSpec.latest())));
		return get(admin.listOffsets(partitions).all());
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

	private @Nullable Object brokers() {
		return this.adminProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
	}

	private StreamConfigurationException unreachable(Throwable cause) {
		return new StreamConfigurationException(
				"No Kafka broker answered at %s within %d ms.".formatted(brokers(), this.settings.timeout().toMillis()),
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
