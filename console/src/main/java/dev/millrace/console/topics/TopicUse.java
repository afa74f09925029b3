package dev.millrace.console.topics;

/**
 * What the application has to do with a topic.
 *
 * @param kind what it does with it
 * @param by the id of the subscriber, or what else publishes to it
 */
public record TopicUse(Kind kind, String by) {

	/**
	 * What the application does with a topic.
	 */
	public enum Kind {

		/** A subscriber reads it. */
		READ,

		/** Results, or what something else publishes, go there. */
		WRITTEN,

		/** Records wait there for their next attempt. */
		RETRIES,

		/** Records that have failed for good are there. */
		DEAD_LETTERS

	}

}
