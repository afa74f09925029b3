package dev.millrace.test.engine;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.millrace.BatchInterceptor;
import dev.millrace.OutgoingRecord;
import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamRecord;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.handler.InvocationObserver;

/**
 * Remembers what handlers were called with, what came of it, and what was published
 * because of it. Safe for use by several threads.
 */
public final class InvocationLog
		implements InvocationObserver, SubscriberInterceptor, BatchInterceptor, PublisherInterceptor {

	private static final String PUBLISHED = InvocationLog.class.getName();

	private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();

	private final ThreadLocal<@Nullable List<StreamRecord>> handled = new ThreadLocal<>();

	@Override
	public @Nullable Object intercept(StreamRecord record, SubscriberInterceptor.Handling handling) throws Exception {
		return handle(List.of(record), handling::proceed);
	}

	@Override
	public @Nullable Object intercept(List<StreamRecord> records, BatchInterceptor.Handling handling) throws Exception {
		return handle(List.copyOf(records), handling::proceed);
	}

	@Override
	public void intercept(OutgoingRecord record, Publishing publishing) {
		CompletionStage<PublishResult> published = publishing.proceed(record);
		StreamRecord handled = publishing.handled();
		if (handled != null && handled.attributes().get(PUBLISHED) instanceof Published results) {
			published.thenAccept(results::add);
		}
	}

	@Override
	public void returned(String subscriber, HandlerMethod handler, @Nullable Object[] arguments,
			@Nullable Object result) {
		add(subscriber, handler, arguments, result, null);
	}

	@Override
	public void threw(String subscriber, HandlerMethod handler, @Nullable Object[] arguments, Throwable failure) {
		add(subscriber, handler, arguments, null, failure);
	}

	/**
	 * Return what was remembered.
	 * @return the calls, in the order in which they ended
	 */
	public List<Invocation> all() {
		return List.copyOf(this.invocations);
	}

	/**
	 * Forget everything.
	 */
	public void clear() {
		this.invocations.clear();
	}

	private @Nullable Object handle(List<StreamRecord> records, Callable<@Nullable Object> handling) throws Exception {
		Published published = new Published();
		records.forEach((record) -> record.attributes().put(PUBLISHED, published));
		this.handled.set(records);
		try {
			return handling.call();
		}
		finally {
			this.handled.remove();
		}
	}

	private void add(String subscriber, HandlerMethod handler, @Nullable Object[] arguments, @Nullable Object result,
			@Nullable Throwable failure) {
		List<StreamRecord> records = this.handled.get();
		Published published = (records != null && !records.isEmpty()
				&& records.get(0).attributes().get(PUBLISHED) instanceof Published results) ? results : new Published();
		this.invocations.add(new Invocation(subscriber, handler, (records != null) ? records : List.of(),
				arguments.clone(), result, failure, published.results));
	}

	/**
	 * What was published because of one call.
	 */
	private static final class Published {

		private final Queue<PublishResult> results = new ConcurrentLinkedQueue<>();

		void add(PublishResult result) {
			this.results.add(result);
		}

	}

	/**
	 * Call of a handler.
	 *
	 * @param subscriber the id of the subscriber
	 * @param handler the handler
	 * @param records what it was called for, none when it handles a failure
	 * @param arguments what it was called with
	 * @param result what it has returned
	 * @param failure what it has thrown, or {@code null}
	 * @param published where that is which was published because of it and is confirmed
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Invocation(String subscriber, HandlerMethod handler, List<StreamRecord> records,
			@Nullable Object[] arguments, @Nullable Object result, @Nullable Throwable failure,
			Collection<PublishResult> published) {

	}

}
