package dev.millrace.console.tryit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.console.record.HeaderView;

/**
 * Record that is to be tried out.
 *
 * @param subscriber the id of the subscriber, or {@code null} where only a topic matters
 * @param topic the topic
 * @param partition the partition, or {@code null} to leave it to the key
 * @param key the key, or {@code null} for none
 * @param headers the headers
 * @param format what the body is
 * @param body the body as text
 * @param timeout how many seconds to wait for an answer, or {@code null} for as long as
 * is usual
 */
record Trial(@Nullable String subscriber, @Nullable String topic, @Nullable Integer partition, @Nullable String key,
		@Nullable List<HeaderView> headers, @Nullable Format format, @Nullable String body, @Nullable Integer timeout) {

	String requiredTopic() {
		Assert.isTrue(this.topic != null && !this.topic.isBlank(), "Say which topic");
		return this.topic;
	}

	String requiredSubscriber() {
		Assert.isTrue(this.subscriber != null, "Say which subscriber");
		return this.subscriber;
	}

	List<HeaderView> allHeaders() {
		return (this.headers != null) ? this.headers : List.of();
	}

	/**
	 * Return the body as it is in a record.
	 * @return the bytes, or {@code null} when it has none
	 */
	byte @Nullable [] bytes() {
		String text = (this.body != null) ? this.body : "";
		return switch ((this.format != null) ? this.format : Format.TEXT) {
			case TEXT -> text.getBytes(StandardCharsets.UTF_8);
			case BASE64 -> Base64.getMimeDecoder().decode(text);
			case NONE -> null;
		};
	}

	/**
	 * What the body is.
	 */
	enum Format {

		/** Text, JSON or other, as UTF-8. */
		TEXT,

		/** Bytes in Base64. */
		BASE64,

		/** Nothing: a tombstone. */
		NONE

	}

}
