package dev.millrace.request;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.millrace.StreamConfigurationException;

/**
 * How an application asks.
 *
 * @param topic where answers go, or {@code null} for a topic that is named after the
 * application
 * @param applicationName the name of the application, or {@code null}
 * @param timeout how long answers are waited for
 */
public record RequestSettings(@Nullable String topic, @Nullable String applicationName, Duration timeout) {

	/**
	 * Return where answers go.
	 * @return the topic
	 * @throws StreamConfigurationException when nobody has named it
	 */
	String replyTopic() {
		if (StringUtils.hasText(this.topic)) {
			return this.topic;
		}
		if (StringUtils.hasText(this.applicationName)) {
			return this.applicationName + "-replies";
		}
		throw new StreamConfigurationException("A request is to be sent, but there is no topic for its answer.",
				"Set millrace.request.reply-topic, or spring.application.name, after which it is named.");
	}

}
