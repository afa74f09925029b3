package dev.millrace.deadletter;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import org.apache.kafka.clients.admin.TopicDescription;

import dev.millrace.StreamException;

/**
 * Looks topics up as they are now.
 */
public final class TopicLookup {

	private final Function<Collection<String>, CompletionStage<Map<String, TopicDescription>>> topics;

	/**
	 * Create a lookup.
	 * @param topics describes topics
	 */
	public TopicLookup(Function<Collection<String>, CompletionStage<Map<String, TopicDescription>>> topics) {
		this.topics = topics;
	}

	/**
	 * Return what tells topics from earlier ones of their names.
	 * @param names the names of topics that exist
	 * @return the id of each
	 * @throws StreamException when the brokers don't say
	 */
	Map<String, String> ids(Collection<String> names) {
		Map<String, String> ids = new HashMap<>();
		describe(names).forEach((name, description) -> ids.put(name, description.topicId().toString()));
		return ids;
	}

	/**
	 * Return how many partitions a topic has.
	 * @param name the name of the topic
	 * @return the number
	 * @throws StreamException when it does not exist or the brokers don't say
	 */
	int partitions(String name) {
		return describe(Set.of(name)).values().iterator().next().partitions().size();
	}

	private Map<String, TopicDescription> describe(Collection<String> names) {
		try {
			return this.topics.apply(names).toCompletableFuture().get();
		}
		catch (ExecutionException ex) {
			throw new StreamException("The topics %s can't be described".formatted(names), ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
