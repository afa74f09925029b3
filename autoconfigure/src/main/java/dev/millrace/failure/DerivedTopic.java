package dev.millrace.failure;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.millrace.endpoint.RetrySettings;

/**
 * Topic that takes records of other topics.
 *
 * @param name the name
 * @param sources the topics whose records it takes; where it has to be created, it gets
 * as many partitions as the one that has most
 * @param config what it is created with
 */
public record DerivedTopic(String name, Collection<String> sources, Map<String, String> config) {

	/**
	 * Brokers may be told to compact all topics. Of the records of a key only the last
	 * one would be left, and one without a key could not be written.
	 */
	private static final Map<String, String> UNCOMPACTED = Map.of("cleanup.policy", "delete");

	/**
	 * A record in a retry topic has the timestamp of the record that it stands for. With
	 * a retention by time, the broker would delete old ones while they wait; by size, all
	 * that wait when there are many.
	 */
	private static final Map<String, String> KEPT = Map.of("cleanup.policy", "delete", "retention.ms", "-1",
			"retention.bytes", "-1");

	public DerivedTopic {
		sources = List.copyOf(sources);
		config = Map.copyOf(config);
	}

	/**
	 * Return the topic of the dead letters of one other topic. How long they are kept is
	 * for the brokers to say.
	 * @param name the name
	 * @param source the topic whose dead letters it takes
	 * @return the topic
	 */
	public static DerivedTopic ofDeadLetters(String name, String source) {
		return new DerivedTopic(name, List.of(source), UNCOMPACTED);
	}

	/**
	 * Return the topic in which the records of a subscriber wait for another attempt.
	 * @param retry how they are tried again
	 * @param sources the topics that the subscriber reads
	 * @return the topic
	 */
	public static DerivedTopic ofRetries(RetrySettings retry, Collection<String> sources) {
		return new DerivedTopic(retry.topic(), sources, KEPT);
	}

}
