package dev.millrace.endpoint;

import org.jspecify.annotations.Nullable;

import dev.millrace.DeadLetterHeaders;

/**
 * What becomes of records that failed for good.
 *
 * @param enabled whether they become dead letters; otherwise they are logged and left
 * behind
 * @param topic the topic of the dead letters, or {@code null} to derive it from the
 * record's
 * @param headers the form of the headers
 */
public record DeadLetterSettings(boolean enabled, @Nullable String topic, DeadLetterHeaders headers) {

	private static final String SUFFIX = "-dlt";

	/**
	 * Return the topic of the dead letters of a topic.
	 * @param source the topic of the record
	 * @return the topic
	 */
	public String topicFor(String source) {
		return (this.topic != null) ? this.topic : source + SUFFIX;
	}

}
