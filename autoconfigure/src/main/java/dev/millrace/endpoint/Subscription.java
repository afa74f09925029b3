package dev.millrace.endpoint;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a subscriber reads.
 */
public sealed interface Subscription {

	/**
	 * Topics that are known by name before the subscriber starts.
	 * @return the names; empty for a pattern
	 */
	List<String> topics();

	/**
	 * Subscription to topics by name.
	 *
	 * @param topics the names, at least one
	 */
	record Topics(List<String> topics) implements Subscription {

		public Topics {
			topics = List.copyOf(topics);
		}

		@Override
		public String toString() {
			return String.join(", ", this.topics);
		}

	}

	/**
	 * Subscription to every topic whose whole name matches.
	 *
	 * @param pattern the pattern
	 */
	record TopicPattern(Pattern pattern) implements Subscription {

		@Override
		public List<String> topics() {
			return List.of();
		}

		@Override
		public String toString() {
			return "/" + this.pattern.pattern() + "/";
		}

	}

}
