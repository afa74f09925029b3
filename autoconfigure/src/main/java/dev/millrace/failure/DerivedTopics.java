package dev.millrace.failure;

import java.util.concurrent.CompletionStage;

/**
 * Knows the topics that records of other topics are written to. Safe for use by several
 * threads.
 */
public interface DerivedTopics {

	/**
	 * Find out how many partitions a topic has. One that does not exist is created with
	 * as many as its sources have, where that is allowed.
	 * @param topic the topic
	 * @return a stage that completes with the number of partitions, or fails when the
	 * topic does not exist or the broker can't be asked
	 */
	CompletionStage<Integer> partitions(DerivedTopic topic);

	/**
	 * Forget what is known about a topic, because it could not be written to.
	 * @param topic the name of the topic
	 */
	void forget(String topic);

}
