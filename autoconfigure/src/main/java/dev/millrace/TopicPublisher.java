package dev.millrace;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Publishes bodies of one type to one topic. Made by {@link StreamOperations#publisher},
 * under whose contract it publishes; immutable and safe for use by several threads.
 *
 * @param <T> the type of the bodies
 */
public interface TopicPublisher<T> {

	/**
	 * Return the topic.
	 * @return the topic
	 */
	String topic();

	/**
	 * Return a publisher whose records have a key.
	 * @param key makes the key of a body; {@code byte[]} is used as it is, anything else
	 * as UTF-8 text, {@code null} publishes without a key
	 * @return the publisher
	 */
	TopicPublisher<T> withKey(Function<? super T, ? extends @Nullable Object> key);

	/**
	 * Return a publisher that chooses the partition.
	 * @param partition makes the number of the partition of a body, {@code null} leaves
	 * the choice to the producer
	 * @return the publisher
	 */
	TopicPublisher<T> withPartition(Function<? super T, @Nullable Integer> partition);

	/**
	 * Return a publisher whose records have one more header.
	 * @param name the name
	 * @param value the value, written as UTF-8
	 * @return the publisher
	 */
	TopicPublisher<T> withHeader(String name, String value);

	/**
	 * Publish a record.
	 * @param body the body
	 * @return completes when the record is confirmed
	 */
	CompletableFuture<PublishResult> publish(T body);

	/**
	 * Publish a record with a key, headers or more of its own. They win over those of
	 * this publisher, but for the topic, which it must not have.
	 * @param response the body and what else the record is to have
	 * @return completes when the record is confirmed
	 */
	CompletableFuture<PublishResult> publish(Response<? extends T> response);

	/**
	 * Publish that what was published under a key is gone.
	 * @param tombstone the key
	 * @return completes when the record is confirmed
	 * @throws IllegalStateException when the partition depends on the body; then publish
	 * a {@link Response#tombstone} with a partition
	 */
	CompletableFuture<PublishResult> publish(Tombstone tombstone);

	/**
	 * Ask for an answer.
	 * @param body the body
	 * @param type the type of the answer
	 * @param timeout how long to wait
	 * @param <R> the type of the answer
	 * @return as {@link StreamOperations#request(String, Object, Class, Duration)}
	 */
	<R> CompletableFuture<@Nullable R> request(T body, Class<R> type, Duration timeout);

	/**
	 * Publish several records, in their order.
	 * @param bodies the bodies
	 * @return as {@link StreamOperations#publishAll}
	 */
	CompletableFuture<List<PublishResult>> publishAll(Collection<? extends T> bodies);

}
