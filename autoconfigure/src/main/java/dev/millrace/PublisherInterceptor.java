package dev.millrace;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Wraps the publishing of each record: what handlers return, answers, and what is
 * published by {@link StreamOperations}, a {@link TopicPublisher} or an interface. Not
 * dead letters and records of retry topics, which are copies of what came in.
 * <p>
 * A bean of this type is called for everything that the application publishes, in
 * Spring's order, the first one outermost. One that is to be called for some only is
 * declared with {@code @Bean(defaultCandidate = false)} and named by
 * {@link dev.millrace.annotation.StreamRouter#interceptors()},
 * {@link dev.millrace.annotation.StreamSubscriber#interceptors()} or
 * {@link dev.millrace.annotation.StreamPublisher#interceptors()}; these are called within
 * the ones for all, a router's around a subscriber's and that around a publisher's. A
 * router's and a subscriber's are called for all that is published while their records
 * are handled.
 * <p>
 * Called before the record is encoded, by the thread that publishes, by several at a
 * time. Once for each record: when the broker does not take it, it is sent again as it
 * is. What it throws fails the publishing: {@link StreamOperations} throws it, and where
 * it is about the result of a handler, nothing of that is sent, and the record that was
 * handled fails as if its result could not be encoded, or is decided about by a
 * {@link RecordControl}.
 */
@FunctionalInterface
public interface PublisherInterceptor {

	/**
	 * Publish a record. Without a call of {@link Publishing#proceed} it is left out: who
	 * has published it gets a {@link PublishResult} without a partition and an offset. To
	 * publish several records in its place, {@code proceed} is called for each.
	 * @param record what is about to be published
	 * @param publishing the interceptors within this one, and at last the encoding
	 */
	void intercept(OutgoingRecord record, Publishing publishing);

	/**
	 * The rest of the publishing of a record.
	 */
	interface Publishing {

		/**
		 * Go on with the record, or with another in its place.
		 * @param record what is to be published
		 * @return completes when the broker has confirmed the record, often on the
		 * producer's thread, which must not be blocked, and fails when the broker has not
		 * taken it; what is done then, such as sending it again, is not waited for. It
		 * never completes when the record is not sent after all, because another one of
		 * the same result can't be encoded, for example. Within a transaction it says
		 * nothing about the commit
		 * @throws StreamException when the body can't be encoded
		 */
		CompletionStage<PublishResult> proceed(OutgoingRecord record);

		/**
		 * Return the record that is being handled, with what interceptors and the handler
		 * have left in its {@link StreamRecord#attributes() attributes}. An asynchronous
		 * handler that publishes on several threads at a time must not have it used
		 * there.
		 * @return the record, of several that are handled together the first;
		 * {@code null} when something is published for none, and for the answer that a
		 * record has failed
		 */
		@Nullable StreamRecord handled();

	}

}
