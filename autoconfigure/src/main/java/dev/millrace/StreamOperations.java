package dev.millrace;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Publishes records: a bean, and a parameter that handlers may have. Safe for use by
 * several threads.
 * <p>
 * <strong>While a record is handled</strong>, what is published belongs to that record:
 * it has its correlation id; the record is finished, and its offset committed, when all
 * of it is confirmed; with {@code exactlyOnce} it is part of the record's transaction.
 * What the broker does not take is sent again, without calling a handler again that has
 * succeeded. The bean knows which record that is by the handler's thread. A handler that
 * publishes on other threads, as an asynchronous one does, takes a parameter of this
 * type, which belongs to its record on every thread until the handler's work is done;
 * after that it throws an {@link IllegalStateException}.
 * <p>
 * <strong>Elsewhere</strong> it publishes at once and each for itself, with a random
 * correlation id.
 * <p>
 * <strong>Futures</strong> complete when the broker has confirmed the record, often on
 * the producer's thread, which must not be blocked; they fail with the cause. Nobody has
 * to wait for them. What can't be encoded or has an impossible setting is refused by an
 * exception at once, and nothing is sent. Records are sent in the order of the calls.
 */
public interface StreamOperations {

	/**
	 * Publish a record.
	 * @param topic the topic
	 * @param body the body: text is written as UTF-8, {@code byte[]} as it is, everything
	 * else as JSON or by its codec. A {@link Response} adds key, headers and more; a
	 * {@link Tombstone} stands for no value
	 * @return completes when the record is confirmed
	 * @throws StreamException when the body can't be encoded
	 */
	CompletableFuture<PublishResult> publish(String topic, Object body);

	/**
	 * Publish several records, in their order. All are encoded before the first is sent.
	 * @param topic the topic
	 * @param bodies the bodies, each as for {@link #publish}
	 * @return completes when all are confirmed, with their results in their order; fails
	 * with a {@link PublishException} when some are not, after the last is decided
	 * @throws StreamException when one of the bodies can't be encoded
	 */
	CompletableFuture<List<PublishResult>> publishAll(String topic, Collection<?> bodies);

	/**
	 * Ask for an answer, and wait for it as long as {@code millrace.request.timeout} says
	 * (10 s by default).
	 * @param topic the topic of those who answer
	 * @param body the body, as for {@link #publish}
	 * @param type the type of the answer
	 * @param <T> the type of the answer
	 * @return as {@link #request(String, Object, Class, Duration)}
	 * @throws StreamException when the body can't be encoded
	 */
	<T> CompletableFuture<@Nullable T> request(String topic, Object body, Class<T> type);

	/**
	 * Ask for an answer: publish a record with a {@code reply_to} and an id of its own,
	 * and wait without a thread for the record that comes back with that id. Nothing of
	 * it belongs to a record that is being handled: the request is sent at once, also
	 * with {@code exactlyOnce}, because it could not be answered otherwise.
	 * @param topic the topic of those who answer
	 * @param body the body, as for {@link #publish}
	 * @param type the type of the answer; {@link StreamRecord} for all of its record
	 * @param timeout how long to wait
	 * @param <T> the type of the answer
	 * @return completes with the answer, {@code null} when it has no value, on a thread
	 * that may wait for other futures; fails with a {@link RequestTimeoutException}, with
	 * a {@link RequestFailedException} when the other side has failed, with a
	 * {@link DecodingException}, or with what has kept the request from being sent.
	 * Cancelling it gives up
	 * @throws StreamException when the body can't be encoded
	 */
	<T> CompletableFuture<@Nullable T> request(String topic, Object body, Class<T> type, Duration timeout);

	/**
	 * Ask for an answer of a generic type.
	 * @param topic the topic of those who answer
	 * @param body the body, as for {@link #publish}
	 * @param type the type of the answer
	 * @param timeout how long to wait
	 * @param <T> the type of the answer
	 * @return as {@link #request(String, Object, Class, Duration)}
	 * @throws StreamException when the body can't be encoded
	 */
	<T> CompletableFuture<@Nullable T> request(String topic, Object body, ParameterizedTypeReference<T> type,
			Duration timeout);

	/**
	 * Begin a record with a key, headers and more.
	 * @param topic the topic
	 * @return what ends in {@link PublishSpec#send}
	 */
	default PublishSpec to(String topic) {
		return new PublishSpec(this, topic);
	}

	/**
	 * Return the publisher of a topic, to be declared as a bean. Its topic is looked for
	 * when the application starts, as those of subscribers are.
	 * @param topic the topic
	 * @param type the type of the bodies
	 * @param <T> the type of the bodies
	 * @return the publisher
	 * @throws StreamConfigurationException when the topic's name is not legal
	 */
	<T> TopicPublisher<T> publisher(String topic, Class<T> type);

	/**
	 * Return the publisher of a topic, to be declared as a bean, for bodies of a generic
	 * type.
	 * @param topic the topic
	 * @param type the type of the bodies
	 * @param <T> the type of the bodies
	 * @return the publisher
	 * @throws StreamConfigurationException when the topic's name is not legal
	 */
	<T> TopicPublisher<T> publisher(String topic, ParameterizedTypeReference<T> type);

}
