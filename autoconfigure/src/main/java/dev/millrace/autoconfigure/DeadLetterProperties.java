package dev.millrace.autoconfigure;

import org.jspecify.annotations.Nullable;

import dev.millrace.DeadLetterHeaders;
import dev.millrace.config.SubscriberSettings;

/**
 * Configuration properties of dead letters.
 */
public class DeadLetterProperties {

	/**
	 * Whether records that failed for good become dead letters. Otherwise they are logged
	 * as errors, counted and left behind. True by default.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Topic of the dead letters. The record's topic with '-dlt' appended by default.
	 */
	private @Nullable String topic;

	/**
	 * Form of the headers that say where a dead letter came from and why. Text by
	 * default.
	 */
	private @Nullable DeadLetterHeaders headers;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getTopic() {
		return this.topic;
	}

	public void setTopic(@Nullable String topic) {
		this.topic = topic;
	}

	public @Nullable DeadLetterHeaders getHeaders() {
		return this.headers;
	}

	public void setHeaders(@Nullable DeadLetterHeaders headers) {
		this.headers = headers;
	}

	SubscriberSettings.DeadLetter toSettings() {
		return new SubscriberSettings.DeadLetter(this.enabled, this.topic, this.headers);
	}

}
