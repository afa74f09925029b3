package dev.millrace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Says step by step how something is to be published. To be used by one thread, and once.
 *
 * @see StreamOperations#to
 */
public final class PublishSpec {

	private final StreamOperations operations;

	private final String topic;

	private Response<?> response = Response.none();

	PublishSpec(StreamOperations operations, String topic) {
		this.operations = operations;
		this.topic = topic;
	}

	/**
	 * Set the key.
	 * @param key the key; {@code byte[]} is used as it is, anything else as UTF-8 text,
	 * {@code null} publishes without a key
	 * @return this
	 */
	public PublishSpec key(@Nullable Object key) {
		this.response = this.response.withKey(key);
		return this;
	}

	/**
	 * Add a header, instead of one with the same name.
	 * @param name the name
	 * @param value the value, written as UTF-8
	 * @return this
	 */
	public PublishSpec header(String name, String value) {
		this.response = this.response.withHeader(name, value);
		return this;
	}

	/**
	 * Set the partition.
	 * @param partition the partition, from 0
	 * @return this
	 */
	public PublishSpec partition(int partition) {
		this.response = this.response.withPartition(partition);
		return this;
	}

	/**
	 * Set the timestamp.
	 * @param timestamp the timestamp
	 * @return this
	 */
	public PublishSpec timestamp(Instant timestamp) {
		this.response = this.response.withTimestamp(timestamp);
		return this;
	}

	/**
	 * Set the correlation id.
	 * @param correlationId the correlation id
	 * @return this
	 */
	public PublishSpec correlationId(String correlationId) {
		this.response = this.response.withCorrelationId(correlationId);
		return this;
	}

	/**
	 * Ask for an answer.
	 * @param topic the topic in which it is expected
	 * @return this
	 */
	public PublishSpec replyTo(String topic) {
		this.response = this.response.withReplyTo(topic);
		return this;
	}

	/**
	 * Publish a body.
	 * @param body the body
	 * @return what {@link StreamOperations#publish} returns
	 */
	public CompletableFuture<PublishResult> send(Object body) {
		return this.operations.publish(this.topic, this.response.withBody(body));
	}

	/**
	 * Ask for an answer.
	 * @param body the body
	 * @param type the type of the answer
	 * @param timeout how long to wait
	 * @param <T> the type of the answer
	 * @return what {@link StreamOperations#request(String, Object, Class, Duration)}
	 * returns
	 */
	public <T> CompletableFuture<@Nullable T> request(Object body, Class<T> type, Duration timeout) {
		return this.operations.request(this.topic, this.response.withBody(body), type, timeout);
	}

	/**
	 * Publish that what was published under the key is gone.
	 * @return what {@link StreamOperations#publish} returns
	 * @throws IllegalArgumentException when no key was set
	 */
	public CompletableFuture<PublishResult> sendTombstone() {
		return this.operations.publish(this.topic, this.response);
	}

}
