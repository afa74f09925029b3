package dev.millrace.config;

import java.time.Duration;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;
import dev.millrace.failure.DeadLetterTopics;

/**
 * Topics that belong to other topics: looks them up when they are needed, and creates
 * those that are missing with the partitions of the topic they belong to.
 */
public final class TopicDirectory implements DeadLetterTopics, AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopicDirectory.class);

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final ConcurrentMap<String, CompletableFuture<Integer>> known = new ConcurrentHashMap<>();

	private final Map<String, Object> adminProperties;

	private final TopicSettings settings;

	private @Nullable Admin admin;

	/**
	 * Create a directory that knows nothing yet.
	 * @param adminProperties the properties of an admin client
	 * @param settings whether topics may be created
	 */
	public TopicDirectory(Map<String, Object> adminProperties, TopicSettings settings) {
		this.adminProperties = adminProperties;
		this.settings = settings;
	}

	@Override
	public CompletionStage<Integer> partitions(String topic, String source) {
		CompletableFuture<Integer> added = new CompletableFuture<>();
		CompletableFuture<Integer> other = this.known.putIfAbsent(topic, added);
		if (other != null) {
			return other;
		}
		lookUp(topic, source).whenComplete((partitions, failure) -> {
			if (failure != null) {
				this.known.remove(topic, added);
				added.completeExceptionally(cause(failure));
			}
			else {
				added.complete(partitions);
			}
		});
		return added;
	}

	@Override
	public void forget(String topic) {
		this.known.remove(topic);
	}

	@Override
	public synchronized void close() {
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
			this.admin = null;
		}
	}

	private CompletionStage<Integer> lookUp(String topic, String source) {
		try {
			Admin client = admin();
			return count(client, topic).exceptionallyCompose((failure) -> {
				if (!(cause(failure) instanceof UnknownTopicOrPartitionException)) {
					return CompletableFuture.failedStage(failure);
				}
				return (this.settings.missing() == MissingTopics.CREATE) ? create(client, topic, source)
						: CompletableFuture
							.failedStage(new StreamException("The topic '%s' does not exist. Create it, or"
									+ " let the application do so: millrace.topics.missing=create.".formatted(topic),
									null));
			});
		}
		catch (KafkaException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private CompletionStage<Integer> create(Admin client, String topic, String source) {
		return count(client, source).thenCompose((partitions) -> {
			NewTopic created = new NewTopic(topic, Optional.of(partitions),
					Optional.ofNullable(this.settings.replicas()));
			return client.createTopics(List.of(created))
				.all()
				.toCompletionStage()
				.handle(TopicDirectory::existsNow)
				.thenCompose((ignored) -> awaitLeaders(client, topic, partitions, System.nanoTime()))
				.thenApply((ignored) -> {
					logger.info(
							"Created the topic %s with %d partitions, as %s has".formatted(topic, partitions, source));
					return partitions;
				});
		});
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
		if (this.admin == null) {
			this.admin = Admin.create(this.adminProperties);
		}
		return this.admin;
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
