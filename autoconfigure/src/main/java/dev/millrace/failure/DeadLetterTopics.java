package dev.millrace.failure;

import java.util.concurrent.CompletionStage;

/**
 * Knows the topics that take dead letters. Safe for use by several threads.
 */
public interface DeadLetterTopics {

	/**
	 * Find out how many partitions a topic has. One that does not exist is created with
	 * as many as the source has, where that is allowed.
	 * @param topic the topic
	 * @param source the topic whose records it takes
	 * @return a stage that completes with the number of partitions, or fails when the
	 * topic does not exist or the broker can't be asked
	 */
	CompletionStage<Integer> partitions(String topic, String source);

	/**
	 * Forget what is known about a topic, because it could not be written to.
	 * @param topic the topic
	 */
	void forget(String topic);

}
