package dev.millrace.console.flow;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What flows through the application, at one moment. Rates are what has changed between
 * two of them.
 *
 * @param time when that was, in milliseconds of a clock that is never set
 * @param measured when the brokers have last said where the topics end, by the same
 * clock, or {@code null} when they have not yet
 * @param topics the topics
 * @param publishers what publishes beside the handlers
 * @param subscribers the subscribers
 */
record FlowGraph(long time, @Nullable Long measured, List<Topic> topics, List<Publisher> publishers,
		List<Subscriber> subscribers) {

	FlowGraph {
		topics = List.copyOf(topics);
		publishers = List.copyOf(publishers);
		subscribers = List.copyOf(subscribers);
	}

	/**
	 * Topic.
	 *
	 * @param name its name
	 * @param partitions how many partitions it has, or {@code null} when that is not
	 * known
	 * @param end the ends of all partitions together, or {@code null} when they are not
	 * known
	 */
	record Topic(String name, @Nullable Integer partitions, @Nullable Long end) {

	}

	/**
	 * Publisher.
	 *
	 * @param name what publishes
	 * @param topic the topic
	 */
	record Publisher(String name, String topic) {

	}

	/**
	 * Subscriber.
	 *
	 * @param id the id
	 * @param group its consumer group
	 * @param reads the topics that it reads; of a pattern those that are known
	 * @param pattern the pattern, or {@code null} when topics are named
	 * @param publishes the topics that its results go to
	 * @param deadLetters the topics of its dead letters, once it has written any
	 * @param state what it does
	 * @param concurrency how many records run at once
	 * @param maxRate how many records are begun in a second, or {@code null}
	 * @param inFlight how many records were polled and are not finished
	 * @param lanes how many lanes have work
	 * @param windowFill how much of the fullest window is taken
	 * @param oldest the record that has been unfinished for the longest time, or
	 * {@code null}
	 * @param counts how often there was each outcome
	 * @param lag how far it is behind in each topic; those that are not known are missing
	 */
	record Subscriber(String id, String group, List<String> reads, @Nullable String pattern, List<String> publishes,
			List<String> deadLetters, State state, int concurrency, @Nullable Double maxRate, int inFlight, int lanes,
			double windowFill, @Nullable Oldest oldest, Map<String, Long> counts, Map<String, Long> lag) {

	}

	/**
	 * Record that has been unfinished for the longest time.
	 *
	 * @param record where it is
	 * @param attempt which attempt this is
	 * @param seconds since when
	 */
	record Oldest(String record, int attempt, double seconds) {

	}

	/**
	 * What a subscriber does.
	 */
	enum State {

		/** Reads. */
		RUNNING,

		/** Waits to join its group. */
		JOINING,

		/** Was told to fetch nothing. */
		PAUSED,

		/** Was stopped, or never started. */
		STOPPED,

		/** Has stopped because of an error. */
		FAILED

	}

}
