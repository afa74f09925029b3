package dev.millrace.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.millrace.AckPolicy;
import dev.millrace.RetryMode;
import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.failure.DerivedTopic;

/**
 * Makes sure that the topics exist which subscribers write records to that failed.
 */
final class DerivedTopicInitializer {

	private static final Set<AckPolicy> WITH_DEAD_LETTERS = Set.of(AckPolicy.ACK_ON_SUCCESS, AckPolicy.REJECT_ON_ERROR,
			AckPolicy.MANUAL);

	private final TopicDirectory directory;

	private final TopicSettings settings;

	DerivedTopicInitializer(TopicDirectory directory, TopicSettings settings) {
		this.directory = directory;
		this.settings = settings;
	}

	/**
	 * Look after the topics of subscribers. All are asked for before the first answer is
	 * waited for: there may be hundreds. How many partitions a topic for dead letters has
	 * that is there is found out with the first of them.
	 * @param endpoints the subscribers
	 * @param existing the topics that existed before
	 */
	void initialize(Collection<SubscriberEndpoint> endpoints, Collection<String> existing) {
		List<Lookup> lookups = new ArrayList<>();
		for (SubscriberEndpoint endpoint : endpoints) {
			lookUpRetries(endpoint, existing, lookups);
			lookUpDeadLetters(endpoint, existing, lookups);
		}
		lookups.forEach(this::await);
		endpoints.stream().filter((endpoint) -> endpoint.delivery().retry().parksKeys()).forEach(this::checkPartitions);
	}

	// Each partition has its retries in the one with its number.
	private void checkPartitions(SubscriberEndpoint endpoint) {
		RetrySettings retry = endpoint.delivery().retry();
		String source = endpoint.subscription().topics().get(0);
		int partitions = await(new Lookup(this.directory.partitions(DerivedTopic.ofRetries(retry, List.of(source))),
				"The topic '%s' for the retries of %s".formatted(retry.topic(), endpoint.describe()), ""));
		int needed = await(new Lookup(this.directory.partitions(new DerivedTopic(source, List.of(source), Map.of())),
				"The topic '%s' of %s".formatted(source, endpoint.describe()), ""));
		if (partitions < needed) {
			throw new StreamConfigurationException(
					"%s is to keep its order with the retry topic '%s', which has %d partitions, fewer than '%s' with %d."
						.formatted(endpoint.describe(), retry.topic(), partitions, source, needed),
					"Add partitions to it, name another topic that can be created, @Retry(topic = \"...\"), or remove"
							+ " keepOrder.");
		}
	}

	private void lookUpRetries(SubscriberEndpoint endpoint, Collection<String> existing, List<Lookup> lookups) {
		RetrySettings retry = endpoint.delivery().retry();
		if (retry.mode() == RetryMode.TOPIC) {
			lookups.add(new Lookup(
					this.directory
						.partitions(DerivedTopic.ofRetries(retry, sources(endpoint.subscription(), existing))),
					"The topic '%s' for the retries of %s".formatted(retry.topic(), endpoint.describe()),
					"or have records wait in their lane: @Retry(mode = RetryMode.LANE)."));
		}
	}

	private static Collection<String> sources(Subscription subscription, Collection<String> existing) {
		return (subscription.pattern() != null) ? existing.stream().filter(subscription::reads).toList()
				: subscription.topics();
	}

	// Those of a pattern's topics are created when they are needed.
	private void lookUpDeadLetters(SubscriberEndpoint endpoint, Collection<String> existing, List<Lookup> lookups) {
		DeadLetterSettings deadLetter = endpoint.delivery().deadLetter();
		if (!deadLetter.enabled() || !WITH_DEAD_LETTERS.contains(endpoint.delivery().ackPolicy())) {
			return;
		}
		for (String source : endpoint.subscription().topics()) {
			String topic = deadLetter.topicFor(source);
			if (!existing.contains(topic)) {
				lookups.add(new Lookup(this.directory.partitions(DerivedTopic.ofDeadLetters(topic, source)),
						"The topic '%s' for the dead letters of %s".formatted(topic, endpoint.describe()),
						"or do without: @DeadLetter(enabled = false)."));
			}
		}
	}

	private int await(Lookup lookup) {
		try {
			return lookup.partitions()
				.toCompletableFuture()
				.get(this.settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new StreamConfigurationException("%s is not there (%s).".formatted(lookup.what(), cause.getMessage()),
					"Create it, allow the application to (millrace.topics.missing=create), " + lookup.otherwise(),
					cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the broker", ex);
		}
	}

	/**
	 * Topic that was asked for.
	 *
	 * @param partitions the answer
	 * @param what what the topic is for
	 * @param otherwise what else can be done when it is not there
	 */
	private record Lookup(CompletionStage<Integer> partitions, String what, String otherwise) {

	}

}
