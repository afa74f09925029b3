package dev.millrace;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the handling of each record: decoding, binding, validation and the handler, once
 * for each attempt. Not what follows, publishing and committing. Around publishing is a
 * {@link PublisherInterceptor}, around the handling of batches a
 * {@link BatchInterceptor}; an application where this one applies to a subscriber with
 * batches does not start, unless it is a {@code BatchInterceptor} too.
 * <p>
 * A bean of this type is called for every subscriber, in Spring's order, the first one
 * outermost. One that is to be called for some only is declared with
 * {@code @Bean(defaultCandidate = false)} and named by
 * {@link dev.millrace.annotation.StreamRouter#interceptors()} or
 * {@link dev.millrace.annotation.StreamSubscriber#interceptors()}; these are called
 * within the ones for all, a router's around a subscriber's.
 * <p>
 * Called by the handler's thread, by several at a time. What it throws is what the
 * handler would have thrown: the record fails, or is decided about by a
 * {@link RecordControl}.
 */
@FunctionalInterface
public interface SubscriberInterceptor {

	/**
	 * Handle a record.
	 * @param record the record; its {@link StreamRecord#attributes() attributes} are seen
	 * by everybody who handles it after this
	 * @param handling the interceptors within this one, and at last the handler
	 * @return what is to be published, usually what {@link Handling#proceed()} returns:
	 * the value that the handler returned, which may be a {@code CompletionStage} or a
	 * {@code Mono} that is not there yet
	 * @throws Exception when the record can't be handled
	 */
	@Nullable Object intercept(StreamRecord record, Handling handling) throws Exception;

	/**
	 * The rest of the handling of a record.
	 */
	interface Handling {

		/**
		 * Go on with the record.
		 * @return what the handler returned
		 * @throws Exception what the handler threw, or why it could not be called
		 */
		@Nullable Object proceed() throws Exception;

		/**
		 * Go on with another record in its place, for example with a body that has been
		 * decrypted. It is still the incoming one that is retried, becomes a dead letter
		 * and is committed, and whose key and correlation id are carried on.
		 * @param record what the handler is to see
		 * @return what the handler returned
		 * @throws Exception what the handler threw, or why it could not be called
		 */
		@Nullable Object proceed(ConsumerRecord<byte[], byte[]> record) throws Exception;

	}

}
