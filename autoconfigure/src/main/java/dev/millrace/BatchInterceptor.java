package dev.millrace;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Wraps each call of a handler that gets batches. Its records have been decoded, bound
 * and validated by then; those with which that was not possible are not among them.
 * <p>
 * A bean of this type is called for every subscriber with {@code batch = true}, in
 * Spring's order, the first one outermost. One that is to be called for some only is
 * declared and named as a {@link SubscriberInterceptor} is. An interceptor for single
 * records and for batches implements both.
 * <p>
 * Called by the handler's thread, by several at a time. What it throws is what the
 * handler would have thrown.
 */
@FunctionalInterface
public interface BatchInterceptor {

	/**
	 * Handle a batch.
	 * @param records the records, as many and in the order as the handler gets them, at
	 * least one; their {@link StreamRecord#attributes() attributes} are seen by everybody
	 * who handles them after this
	 * @param handling the interceptors within this one, and at last the handler
	 * @return what becomes of the records and what is to be published, usually what
	 * {@link Handling#proceed()} returns; anything else that a handler of batches may
	 * return, such as a {@link BatchResult}, is as good
	 * @throws Exception when the batch can't be handled
	 */
	@Nullable Object intercept(List<StreamRecord> records, Handling handling) throws Exception;

	/**
	 * The rest of the handling of a batch.
	 */
	interface Handling {

		/**
		 * Go on with the batch.
		 * @return what the handler returned, which may be a {@code CompletionStage} or a
		 * {@code Mono} that is not there yet
		 * @throws Exception what the handler threw
		 */
		@Nullable Object proceed() throws Exception;

	}

}
