package dev.millrace.listener;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.Delivery;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.ResultUnwrapper;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.RecordScope;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.RecordSender;

/**
 * What happens to each record of a subscriber, in this order and nowhere else: choose the
 * handler, find out whether an answer can be given, decode, bind, validate, call it,
 * publish what it returned, wait for the broker's confirmation, under {@code MANUAL} wait
 * for the handler's decision, wait for the confirmation of what it has published by
 * itself, and only then let the offset go. A failure anywhere repeats the step that
 * failed: a handler that has returned is not called again because its result could not be
 * sent. Only a record that waits in a retry topic begins anew. What comes after the call
 * is {@link RecordCompletion}.
 */
final class RecordProcessor implements RecordHandler {

	private final Deliveries deliveries;

	private final HandlerRoutes<RecordInvoker> routes;

	private final RecordSender sender;

	private final RecordScopes scopes;

	private final RecordCompletion completion;

	/**
	 * Create the processor of a subscriber.
	 * @param deliveries make deliveries of records
	 * @param routes choose the handler, which decodes, binds, validates and publishes
	 * @param sender sends them
	 * @param failures decides what becomes of a record that failed
	 * @param scopes take what handlers publish by themselves
	 * @param monitor counts
	 * @param endpoint the subscriber
	 */
	RecordProcessor(Deliveries deliveries, HandlerRoutes<RecordInvoker> routes, RecordSender sender,
			FailureHandler failures, RecordScopes scopes, SubscriberMonitor monitor, SubscriberEndpoint endpoint) {
		this.deliveries = deliveries;
		this.routes = routes;
		this.sender = sender;
		this.scopes = scopes;
		this.completion = new RecordCompletion(sender, failures, monitor, endpoint, this);
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		Delivery delivery = this.deliveries.of(record.record(), record.attempt());
		try {
			HandlerRoute<RecordInvoker> route = this.routes.select(delivery);
			CompletionStage<?> lookUp = route.publisher().lookUp(record.record());
			if (lookUp != null) {
				return this.completion.resumeAfter(lookUp, record, this);
			}
			Object result = invoke(delivery, route);
			if (result instanceof CompletionStage<?> later) {
				return later.handle((value, failure) -> completed(record, delivery, route, value, failure));
			}
			this.completion.returned(record, delivery, route.publisher(), result);
		}
		catch (Throwable ex) {
			this.completion.failed(record, delivery, ex);
		}
		return null;
	}

	private @Nullable Object invoke(Delivery delivery, HandlerRoute<RecordInvoker> route) throws Exception {
		RecordScope scope = this.scopes.open(delivery, 1, this.sender, route.publisher().interceptors());
		delivery.scope(scope);
		this.scopes.enter(scope);
		try {
			return ResultUnwrapper.unwrap(route.invoker().invoke(delivery));
		}
		finally {
			this.scopes.leave(scope);
		}
	}

	private @Nullable Void completed(InFlightRecord record, Delivery delivery, HandlerRoute<?> route,
			@Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			this.completion.failed(record, delivery, failure);
		}
		else {
			this.completion.returned(record, delivery, route.publisher(), ResultUnwrapper.unwrap(value));
		}
		return null;
	}

}
