package dev.millrace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Body to be published, and what else its record is to have: returned by a handler or
 * given to {@link StreamOperations}. What it says wins over the
 * {@link dev.millrace.annotation.StreamPublisher StreamPublisher}; what it does not say
 * is left to that. Immutable: each {@code with} method returns a copy.
 *
 * @param body the body, {@code null} for a tombstone
 * @param topic the topic, or {@code null} for that of the publisher. What a handler
 * returns with a topic goes there once, however many publishers there are, with the
 * settings of the first
 * @param keyed whether it says what the key is
 * @param key the key, {@code null} for none
 * @param partition the partition, or {@code null}
 * @param timestamp the timestamp, or {@code null} for the time of sending
 * @param headers the headers to add
 * @param correlationId the correlation id, or {@code null} to carry on that of the record
 * that is being handled. An answer to {@code reply_to} has that of its request all the
 * same
 * @param replyTo the topic in which an answer is expected, or {@code null}
 * @param <T> the type of the body
 */
public record Response<T>(@Nullable T body, @Nullable String topic, boolean keyed, @Nullable Object key,
		@Nullable Integer partition, @Nullable Instant timestamp, Map<String, String> headers,
		@Nullable String correlationId, @Nullable String replyTo) {

	/**
	 * Create a response. Use {@link #of} and the {@code with} methods.
	 */
	public Response {
		Assert.isTrue(partition == null || partition >= 0, "The partition must not be negative");
		headers.forEach((name, value) -> {
			Assert.hasText(name, "A header must have a name");
			Assert.notNull(value, () -> "The header '" + name + "' must have a value");
		});
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	/**
	 * Return the response with a body.
	 * @param body the body
	 * @param <T> its type
	 * @return the response
	 */
	public static <T> Response<T> of(T body) {
		return Response.<T>none().withBody(body);
	}

	/**
	 * Return the response that says that what was published under a key is gone.
	 * @param key the key; {@code byte[]} is used as it is, anything else as UTF-8 text
	 * @param <T> the type of the bodies that it stands among
	 * @return the response
	 * @see Tombstone
	 */
	public static <T> Response<T> tombstone(Object key) {
		Assert.notNull(key, "A tombstone must have a key");
		return Response.<T>none().withKey(key);
	}

	static <T> Response<T> none() {
		return new Response<>(null, null, false, null, null, null, Map.of(), null, null);
	}

	/**
	 * Return a copy with another body.
	 * @param body the body
	 * @param <U> its type
	 * @return the copy
	 */
	public <U> Response<U> withBody(U body) {
		Assert.notNull(body, "The body must not be null; to say that something is gone, publish a tombstone");
		Assert.isTrue(!(body instanceof Response || body instanceof Tombstone), "The body must be the body itself");
		return new Response<>(body, this.topic, this.keyed, this.key, this.partition, this.timestamp, this.headers,
				this.correlationId, this.replyTo);
	}

	/**
	 * Return a copy with another topic.
	 * @param topic the topic
	 * @return the copy
	 */
	public Response<T> withTopic(String topic) {
		Assert.hasText(topic, "The topic must have a name");
		return new Response<>(this.body, topic, this.keyed, this.key, this.partition, this.timestamp, this.headers,
				this.correlationId, this.replyTo);
	}

	/**
	 * Return a copy with another key.
	 * @param key the key; {@code byte[]} is used as it is, anything else as UTF-8 text,
	 * {@code null} publishes without a key
	 * @return the copy
	 */
	public Response<T> withKey(@Nullable Object key) {
		return new Response<>(this.body, this.topic, true, key, this.partition, this.timestamp, this.headers,
				this.correlationId, this.replyTo);
	}

	/**
	 * Return a copy with another partition.
	 * @param partition the partition, from 0
	 * @return the copy
	 */
	public Response<T> withPartition(int partition) {
		return new Response<>(this.body, this.topic, this.keyed, this.key, partition, this.timestamp, this.headers,
				this.correlationId, this.replyTo);
	}

	/**
	 * Return a copy with another timestamp.
	 * @param timestamp the timestamp; Kafka keeps the milliseconds
	 * @return the copy
	 */
	public Response<T> withTimestamp(Instant timestamp) {
		return new Response<>(this.body, this.topic, this.keyed, this.key, this.partition, timestamp, this.headers,
				this.correlationId, this.replyTo);
	}

	/**
	 * Return a copy with one more header, instead of one with the same name. It wins over
	 * the headers that Millrace writes.
	 * @param name the name
	 * @param value the value, written as UTF-8
	 * @return the copy
	 */
	public Response<T> withHeader(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new Response<>(this.body, this.topic, this.keyed, this.key, this.partition, this.timestamp, headers,
				this.correlationId, this.replyTo);
	}

	/**
	 * Return a copy with another correlation id.
	 * @param correlationId the correlation id
	 * @return the copy
	 */
	public Response<T> withCorrelationId(String correlationId) {
		Assert.hasText(correlationId, "The correlation id must not be empty");
		return new Response<>(this.body, this.topic, this.keyed, this.key, this.partition, this.timestamp, this.headers,
				correlationId, this.replyTo);
	}

	/**
	 * Return a copy that asks for an answer.
	 * @param topic the topic in which it is expected
	 * @return the copy
	 */
	public Response<T> withReplyTo(String topic) {
		Assert.hasText(topic, "The topic of the answer must have a name");
		return new Response<>(this.body, this.topic, this.keyed, this.key, this.partition, this.timestamp, this.headers,
				this.correlationId, topic);
	}

}
