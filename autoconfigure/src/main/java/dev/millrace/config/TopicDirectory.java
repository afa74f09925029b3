package dev.millrace.config;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;
import dev.millrace.failure.DerivedTopic;
import dev.millrace.failure.DerivedTopics;

/**
 * Topics that belong to other topics: looks them up when they are needed, and creates
 * those that are missing with the partitions of the topics they belong to.
 */
public final class TopicDirectory implements DerivedTopics, AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopicDirectory.class);

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final ConcurrentMap<String, CompletableFuture<Integer>> known = new ConcurrentHashMap<>();

	private final AdminSource admins;

	private final TopicSettings settings;

	private @Nullable Admin admin;

	private boolean closed;

	/**
	 * Create a directory that knows nothing yet.
	 * @param admins makes its admin client
	 * @param settings whether topics may be created
	 */
	public TopicDirectory(AdminSource admins, TopicSettings settings) {
		this.admins = admins;
		this.settings = settings;
	}

	@Override
	public CompletionStage<Integer> partitions(DerivedTopic topic) {
		CompletableFuture<Integer> added = new CompletableFuture<>();
		CompletableFuture<Integer> other = this.known.putIfAbsent(topic.name(), added);
		if (other != null) {
			return other;
		}
		lookUp(topic).whenComplete((partitions, failure) -> {
			if (failure != null) {
				this.known.remove(topic.name(), added);
				added.completeExceptionally(cause(failure));
			}
			else {
				added.complete(partitions);
			}
		});
		return added;
	}

	/**
	 * Find out how many partitions a topic has that is none of ours.
	 * @param topic the topic
	 * @return a stage that completes with the number of partitions, or fails when the
	 * topic does not exist or the broker can't be asked
	 */
	public CompletionStage<Integer> lookUp(String topic) {
		try {
			return count(admin(), topic);
		}
		catch (KafkaException | StreamException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * Describe topics.
	 * @param topics the topics
	 * @return a stage that completes with the descriptions, or fails when one of them
	 * does not exist or the broker can't be asked
	 */
	public CompletionStage<Map<String, TopicDescription>> describe(Collection<String> topics) {
		try {
			return admin().describeTopics(topics).allTopicNames().toCompletionStage();
		}
		catch (KafkaException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * Make sure that a topic exists which belongs to no other.
	 * @param topic the topic
	 * @param config what it is created with
	 * @return as {@link #partitions}
	 */
	public CompletionStage<Integer> require(String topic, Map<String, String> config) {
		return partitions(new DerivedTopic(topic, List.of(), config));
	}

	@Override
	public void forget(String topic) {
		this.known.remove(topic);
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
			this.admin = null;
		}
	}

	private CompletionStage<Integer> lookUp(DerivedTopic topic) {
		try {
			Admin client = admin();
			return count(client, topic.name()).exceptionallyCompose((failure) -> {
				if (!(cause(failure) instanceof UnknownTopicOrPartitionException)) {
					return CompletableFuture.failedStage(failure);
				}
				return (this.settings.missing() == MissingTopics.CREATE) ? create(client, topic)
						: CompletableFuture.failedStage(
								new StreamException("The topic '" + topic.name() + "' does not exist. Create it, or"
										+ " let the application do so: millrace.topics.missing=create."));
			});
		}
		catch (KafkaException | StreamException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private CompletionStage<Integer> create(Admin client, DerivedTopic topic) {
		return largest(client, topic.sources()).thenCompose((partitions) -> {
			NewTopic created = new NewTopic(topic.name(), Optional.of(partitions),
					Optional.ofNullable(this.settings.replicas()))
				.configs(topic.config());
			return client.createTopics(List.of(created))
				.all()
				.toCompletionStage()
				.handle(TopicDirectory::existsNow)
				.thenCompose((ignored) -> awaitLeaders(client, topic.name(), partitions, System.nanoTime()))
				.thenApply((ignored) -> {
					logger.info("Created the topic %s with %d partitions%s".formatted(topic.name(), partitions,
							topic.sources().isEmpty() ? "" : ", for the records of " + topic.sources()));
					return partitions;
				});
		});
	}

	// Of a pattern that matches nothing yet there is no source.
	private CompletionStage<Integer> largest(Admin client, Collection<String> topics) {
		Integer setting = this.settings.partitions();
		int least = (topics.isEmpty() && setting != null) ? setting : 1;
		return client.describeTopics(topics)
			.allTopicNames()
			.toCompletionStage()
			.thenApply((sources) -> sources.values()
				.stream()
				.mapToInt((source) -> source.partitions().size())
				.reduce(least, Math::max));
	}

	// Another instance of the application may have been faster.
	private static @Nullable Void existsNow(@Nullable Void created, @Nullable Throwable failure) {
		if (failure != null && !(cause(failure) instanceof TopicExistsException)) {
			throw new CompletionException(cause(failure));
		}
		return null;
	}

	// What is sent to a new partition before its leader is ready may be refused until it
	// times out. Only leaders know offsets.
	private CompletionStage<?> awaitLeaders(Admin client, String topic, int partitions, long begin) {
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		for (int i = 0; i < partitions; i++) {
			latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
		}
		return client.listOffsets(latest).all().toCompletionStage().exceptionallyCompose((failure) -> {
			boolean late = System.nanoTime() - begin > this.settings.timeout().toNanos();
			if (late || !(cause(failure) instanceof RetriableException)) {
				return CompletableFuture.failedStage(failure);
			}
			return CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS))
				.thenCompose((ignored) -> awaitLeaders(client, topic, partitions, begin))
				.thenApply((ignored) -> Map.of());
		});
	}

	private static CompletionStage<Integer> count(Admin client, String topic) {
		return client.describeTopics(List.of(topic))
			.allTopicNames()
			.toCompletionStage()
			.thenApply((topics) -> topics.values().iterator().next().partitions().size());
	}

	private synchronized Admin admin() {
		// Nobody would close it.
		if (this.closed) {
			throw new StreamException("The application has stopped");
		}
		if (this.admin == null) {
			this.admin = this.admins.createAdmin();
		}
		return this.admin;
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
