package dev.millrace;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
