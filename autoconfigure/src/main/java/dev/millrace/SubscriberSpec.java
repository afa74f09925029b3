package dev.millrace;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Says what a subscriber reads and what handles its records. Every setting means what the
 * attribute of {@link dev.millrace.annotation.StreamSubscriber @StreamSubscriber} with
 * the same name means; there are no placeholders. To be used by one thread, until the
 * method that it was passed to returns.
 */
public interface SubscriberSpec {

	/**
	 * Read topics, by name or template.
	 * @param topics the topics
	 * @return this
	 */
	SubscriberSpec topics(String... topics);

	/**
	 * Read the topics that match a regular expression.
	 * @param pattern the expression
	 * @return this
	 */
	SubscriberSpec pattern(String pattern);

	/**
	 * Set the consumer group.
	 * @param groupId the group id
	 * @return this
	 */
	SubscriberSpec groupId(String groupId);

	/**
	 * Set the number of consumers.
	 * @param consumers the number, from 1
	 * @return this
	 */
	SubscriberSpec consumers(int consumers);

	/**
	 * Set where a group without a committed offset begins.
	 * @param autoOffsetReset the offset reset
	 * @return this
	 */
	SubscriberSpec autoOffsetReset(String autoOffsetReset);

	/**
	 * Set whether the subscriber starts by itself.
	 * @param autoStartup whether it does
	 * @return this
	 */
	SubscriberSpec autoStartup(boolean autoStartup);

	/**
	 * Set a property of the consumers.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	SubscriberSpec property(String name, String value);

	/**
	 * Set which records may run at the same time.
	 * @param ordering the ordering
	 * @return this
	 */
	SubscriberSpec ordering(Ordering ordering);

	/**
	 * Set how many records run at once.
	 * @param concurrency the number, from 1
	 * @return this
	 */
	SubscriberSpec concurrency(int concurrency);

	/**
	 * Set what becomes of a record when it was handled.
	 * @param ackPolicy the policy
	 * @return this
	 */
	SubscriberSpec ackPolicy(AckPolicy ackPolicy);

	/**
	 * Set whether every record takes effect exactly once within Kafka.
	 * @param exactlyOnce whether it does
	 * @return this
	 */
	SubscriberSpec exactlyOnce(boolean exactlyOnce);

	/**
	 * Set what becomes of a record that no handler takes.
	 * @param unmatched what becomes of it
	 * @return this
	 */
	SubscriberSpec unmatched(Unmatched unmatched);

	/**
	 * Set whether records that ask for an answer get one; a function that returns
	 * {@code null} answers with nothing. Default: {@code true}.
	 * @param reply whether they do
	 * @return this
	 * @see dev.millrace.annotation.StreamSubscriber#reply()
	 */
	SubscriberSpec reply(boolean reply);

	/**
	 * Set how often a record is tried, and the first delay. The rest of the settings are
	 * those of the application.
	 * @param attempts the number of attempts, from 1, the first one included
	 * @param delay the time before the second attempt
	 * @return this
	 */
	SubscriberSpec retry(int attempts, Duration delay);

	/**
	 * Set the topic of the dead letters.
	 * @param topic the topic
	 * @return this
	 */
	SubscriberSpec deadLetterTopic(String topic);

	/**
	 * Name interceptors of this subscriber, the outermost first.
	 * @param beans the names of the beans
	 * @return this
	 * @see dev.millrace.annotation.StreamSubscriber#interceptors()
	 */
	SubscriberSpec interceptors(String... beans);

	/**
	 * Have a function handle the records.
	 * @param bodyType the type that bodies are read as; {@code Object} for what the
	 * content type says, {@code byte[]} for the bytes
	 * @param function handles a record
	 * @param <T> the type of the bodies
	 * @return this
	 */
	default <T> SubscriberSpec handle(Class<T> bodyType, RecordFunction<? super T> function) {
		return handle(bodyType, function, (handler) -> {
		});
	}

	/**
	 * Have a function handle those records that a filter takes, or publish its results.
	 * Functions are asked in the order in which they are given, one without a filter
	 * last.
	 * @param bodyType the type that bodies are read as
	 * @param function handles a record
	 * @param specification says which records it takes and where its results go
	 * @param <T> the type of the bodies
	 * @return this
	 */
	<T> SubscriberSpec handle(Class<T> bodyType, RecordFunction<? super T> function,
			Consumer<HandlerSpec> specification);

	/**
	 * Says which records a function takes and where its results go.
	 */
	interface HandlerSpec {

		/**
		 * Take only the records for which an expression yields {@code true}.
		 * @param expression the expression, as in
		 * {@link dev.millrace.annotation.StreamFilter#expression()}
		 * @return this
		 */
		HandlerSpec filter(String expression);

		/**
		 * Publish results to a topic, with the key of the incoming record.
		 * @param topic the topic
		 * @return this
		 */
		HandlerSpec publishTo(String topic);

		/**
		 * Publish results to a topic.
		 * @param topic the topic
		 * @param key the expression of the key, as in
		 * {@link dev.millrace.annotation.StreamPublisher#key()}
		 * @return this
		 */
		HandlerSpec publishTo(String topic, String key);

	}

}
