package dev.millrace.config;

import java.util.Collection;
import java.util.Set;
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
	 * Look after the topics of a subscriber.
	 * @param endpoint the subscriber
	 * @param existing the topics that existed before
	 */
	void initialize(SubscriberEndpoint endpoint, Collection<String> existing) {
		initializeRetries(endpoint, existing);
		initializeDeadLetters(endpoint);
	}

	private void initializeRetries(SubscriberEndpoint endpoint, Collection<String> existing) {
		RetrySettings retry = endpoint.delivery().retry();
		if (retry.mode() == RetryMode.TOPIC) {
			require(DerivedTopic.ofRetries(retry, sources(endpoint.subscription(), existing)),
					"The topic '%s' for the retries of %s".formatted(retry.topic(), endpoint.describe()),
					"or have records wait in their lane: @Retry(mode = RetryMode.LANE).");
		}
	}

	private static Collection<String> sources(Subscription subscription, Collection<String> existing) {
		return (subscription instanceof Subscription.TopicPattern topics)
				? existing.stream().filter((topic) -> topics.pattern().matcher(topic).matches()).toList()
				: subscription.topics();
	}

	// Those of a pattern's topics are created when they are needed.
	private void initializeDeadLetters(SubscriberEndpoint endpoint) {
		DeadLetterSettings deadLetter = endpoint.delivery().deadLetter();
		if (!deadLetter.enabled() || !WITH_DEAD_LETTERS.contains(endpoint.delivery().ackPolicy())) {
			return;
		}
		for (String source : endpoint.subscription().topics()) {
			String topic = deadLetter.topicFor(source);
			require(DerivedTopic.ofDeadLetters(topic, source),
					"The topic '%s' for the dead letters of %s".formatted(topic, endpoint.describe()),
					"or do without: @DeadLetter(enabled = false).");
		}
	}

	private void require(DerivedTopic topic, String what, String otherwise) {
		try {
			this.directory.partitions(topic)
				.toCompletableFuture()
				.get(this.settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new StreamConfigurationException("%s is not there (%s).".formatted(what, cause.getMessage()),
					"Create it, allow the application to (millrace.topics.missing=create), " + otherwise, cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the broker", ex);
		}
	}

}
