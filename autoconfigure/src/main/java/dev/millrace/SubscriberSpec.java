package dev.millrace;

import java.time.Duration;
import java.util.function.Consumer;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.ClassUtils;

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
	 * Read partitions of a topic without a group that assigns them, from the committed
	 * offsets.
	 * @param topic the topic
	 * @param partitions the numbers of the partitions, at least one
	 * @return this
	 */
	default SubscriberSpec partitions(String topic, int... partitions) {
		return partitions(topic, "committed", partitions);
	}

	/**
	 * Read partitions of a topic without a group that assigns them.
	 * @param topic the topic
	 * @param offset where each of them is read from at every start: {@code committed},
	 * {@code earliest}, {@code latest} or an offset
	 * @param partitions the numbers of the partitions, at least one
	 * @return this
	 */
	SubscriberSpec partitions(String topic, String offset, int... partitions);

	/**
	 * Set the consumer group.
	 * @param groupId the group id
	 * @return this
	 */
	SubscriberSpec groupId(String groupId);

	/**
	 * Set the client id, to which a consumer's number is appended.
	 * @param clientId the client id
	 * @return this
	 */
	SubscriberSpec clientId(String clientId);

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
	 * Set how many records are begun in a second at most.
	 * @param maxRate the number, greater than 0
	 * @return this
	 */
	SubscriberSpec maxRate(double maxRate);

	/**
	 * Set how many records a batch has at most.
	 * @param maxRecords the number, from 1
	 * @return this
	 * @see #handleBatch
	 */
	SubscriberSpec maxRecords(int maxRecords);

	/**
	 * Set how long the first record of a batch waits for others.
	 * @param maxWait the time
	 * @return this
	 * @see #handleBatch
	 */
	SubscriberSpec maxWait(Duration maxWait);

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
	 * Name the codec that reads every body, whatever its content type.
	 * @param bean the name of the bean
	 * @return this
	 */
	SubscriberSpec codec(String bean);

	/**
	 * Set the content type of records that have none.
	 * @param contentType the content type
	 * @return this
	 */
	SubscriberSpec contentType(String contentType);

	/**
	 * Name what is told about rebalances.
	 * @param bean the name of the bean
	 * @return this
	 */
	SubscriberSpec rebalanceListener(String bean);

	/**
	 * Set how often a record is tried, and the first delay. The rest of the settings are
	 * those of the application.
	 * @param attempts the number of attempts, from 1, the first one included
	 * @param delay the time before the second attempt
	 * @return this
	 */
	default SubscriberSpec retry(int attempts, Duration delay) {
		return retry((retry) -> retry.attempts(attempts).delay(delay));
	}

	/**
	 * Set how records that failed are tried again.
	 * @param specification says how; what it leaves open is as the application's settings
	 * say
	 * @return this
	 */
	SubscriberSpec retry(Consumer<RetrySpec> specification);

	/**
	 * Set whether records that failed for good become dead letters.
	 * @param enabled whether they do
	 * @return this
	 * @see dev.millrace.annotation.DeadLetter#enabled()
	 */
	SubscriberSpec deadLetters(boolean enabled);

	/**
	 * Set the topic of the dead letters.
	 * @param topic the topic
	 * @return this
	 */
	SubscriberSpec deadLetterTopic(String topic);

	/**
	 * Set the form of the headers of dead letters.
	 * @param headers the form
	 * @return this
	 */
	SubscriberSpec deadLetterHeaders(DeadLetterHeaders headers);

	/**
	 * Name interceptors of this subscriber, the outermost first.
	 * @param beans the names of the beans
	 * @return this
	 * @see dev.millrace.annotation.StreamSubscriber#interceptors()
	 */
	SubscriberSpec interceptors(String... beans);

	/**
	 * Say something for the readers of the AsyncAPI document.
	 * @param specification says it
	 * @return this
	 * @see dev.millrace.annotation.StreamSubscriber#documentation()
	 */
	SubscriberSpec documentation(Consumer<DocumentationSpec> specification);

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
	default <T> SubscriberSpec handle(Class<T> bodyType, RecordFunction<? super T> function,
			Consumer<HandlerSpec> specification) {
		return handle(ParameterizedTypeReference.<T>forType(ClassUtils.resolvePrimitiveIfNecessary(bodyType)), function,
				specification);
	}

	/**
	 * Have a function handle the records, whose bodies are of a generic type.
	 * @param bodyType the type that bodies are read as
	 * @param function handles a record
	 * @param <T> the type of the bodies
	 * @return this
	 */
	default <T> SubscriberSpec handle(ParameterizedTypeReference<T> bodyType, RecordFunction<? super T> function) {
		return handle(bodyType, function, (handler) -> {
		});
	}

	/**
	 * Have a function handle those records that a filter takes, whose bodies are of a
	 * generic type, or publish its results.
	 * @param bodyType the type that bodies are read as
	 * @param function handles a record
	 * @param specification says which records it takes and where its results go
	 * @param <T> the type of the bodies
	 * @return this
	 */
	<T> SubscriberSpec handle(ParameterizedTypeReference<T> bodyType, RecordFunction<? super T> function,
			Consumer<HandlerSpec> specification);

	/**
	 * Have a function handle several records at once; the subscriber has no other.
	 * @param bodyType the type that each body is read as
	 * @param function handles the records of a batch
	 * @param <T> the type of the bodies
	 * @return this
	 * @see dev.millrace.annotation.StreamSubscriber#batch()
	 */
	default <T> SubscriberSpec handleBatch(Class<T> bodyType, BatchFunction<T> function) {
		return handleBatch(bodyType, function, (handler) -> {
		});
	}

	/**
	 * Have a function handle several records at once, or publish its results.
	 * @param bodyType the type that each body is read as
	 * @param function handles the records of a batch
	 * @param specification says where its results go
	 * @param <T> the type of the bodies
	 * @return this
	 */
	default <T> SubscriberSpec handleBatch(Class<T> bodyType, BatchFunction<T> function,
			Consumer<HandlerSpec> specification) {
		return handleBatch(ParameterizedTypeReference.<T>forType(ClassUtils.resolvePrimitiveIfNecessary(bodyType)),
				function, specification);
	}

	/**
	 * Have a function handle several records at once, whose bodies are of a generic type.
	 * @param bodyType the type that each body is read as
	 * @param function handles the records of a batch
	 * @param <T> the type of the bodies
	 * @return this
	 */
	default <T> SubscriberSpec handleBatch(ParameterizedTypeReference<T> bodyType, BatchFunction<T> function) {
		return handleBatch(bodyType, function, (handler) -> {
		});
	}

	/**
	 * Have a function handle several records at once, whose bodies are of a generic type,
	 * or publish its results.
	 * @param bodyType the type that each body is read as
	 * @param function handles the records of a batch
	 * @param specification says where its results go
	 * @param <T> the type of the bodies
	 * @return this
	 */
	<T> SubscriberSpec handleBatch(ParameterizedTypeReference<T> bodyType, BatchFunction<T> function,
			Consumer<HandlerSpec> specification);

}
