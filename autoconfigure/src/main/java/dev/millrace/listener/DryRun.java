package dev.millrace.listener;

import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

import dev.millrace.AckPolicy;
import dev.millrace.BatchResult;
import dev.millrace.RecordControl;
import dev.millrace.StreamException;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.Delivery;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.ResultUnwrapper;
import dev.millrace.publisher.KeptRecords;
import dev.millrace.publisher.RecordScope;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.ReplyPublisher;

/**
 * Finds out what a subscriber would do with a record that nobody has polled: without its
 * consumers and lanes, without retries and dead letters, and without sending anything.
 * Runs on the thread that asks. Safe for use by several threads.
 */
public final class DryRun {

	private final SubscriberEndpoint endpoint;

	private final Deliveries deliveries;

	private final HandlerRoutes<RecordInvoker> checks;

	private final HandlerRoutes<RecordInvoker> runs;

	private final RecordScopes scopes;

	/**
	 * Create the dry run of a subscriber.
	 * @param endpoint the subscriber
	 * @param deliveries make deliveries of records
	 * @param checks return the arguments that handlers would be called with
	 * @param runs call the handlers, those of batches with batches of one
	 * @param scopes take what handlers publish by themselves
	 */
	public DryRun(SubscriberEndpoint endpoint, Deliveries deliveries, HandlerRoutes<RecordInvoker> checks,
			HandlerRoutes<RecordInvoker> runs, RecordScopes scopes) {
		this.endpoint = endpoint;
		this.deliveries = deliveries;
		this.checks = checks;
		this.runs = runs;
		this.scopes = scopes;
	}

	/**
	 * Ask the filters, decode, bind and validate. Neither the handler is called nor its
	 * interceptors are.
	 * @param record the record
	 * @return what the handler would be called with, or why it would not be
	 */
	public DryRunResult check(ConsumerRecord<byte[], byte[]> record) {
		Delivery delivery = this.deliveries.of(record, 1);
		DryRunResult result = DryRunResult.NOTHING;
		try {
			HandlerRoute<RecordInvoker> route = this.checks.select(delivery);
			HandlerEndpoint handler = this.checks.handler(route);
			result = result.by(handler);
			delivery.scope(this.scopes.open(delivery, 1, new KeptRecords(), route.publisher().interceptors()));
			Object values = Objects.requireNonNull(route.invoker().invoke(delivery));
			return result.with(arguments(handler, (@Nullable Object[]) values));
		}
		catch (Throwable ex) {
			return failed(result, ex);
		}
	}

	/**
	 * Do all that is done with a record up to publishing: the handler is called, with
	 * everything around it, and whatever it does is done. What it returns, answers and
	 * publishes is kept; a request of its own fails.
	 * @param record the record
	 * @param timeout how long to wait for a handler that has returned before its work is
	 * done
	 * @return what has become of it
	 */
	public DryRunResult run(ConsumerRecord<byte[], byte[]> record, Duration timeout) {
		Delivery delivery = this.deliveries.of(record, 1);
		KeptRecords kept = new KeptRecords();
		DryRunResult result = DryRunResult.NOTHING;
		try {
			HandlerRoute<RecordInvoker> route = this.runs.select(delivery);
			result = result.by(this.runs.handler(route));
			Object value = call(delivery, route, kept, timeout);
			result = result.returned(value);
			List<ProducerRecord<byte[], byte[]>> outgoing = outgoing(delivery, route.publisher(), value);
			if (!outgoing.isEmpty()) {
				kept.send(outgoing, (unsent, failure) -> {
					// Kept.
				});
			}
		}
		catch (Throwable ex) {
			result = failed(result, ex);
		}
		RecordControl decision = delivery.decision();
		result = (decision != null) ? result.decided(decision) : result;
		return result.published(kept.records());
	}

	private @Nullable Object call(Delivery delivery, HandlerRoute<RecordInvoker> route, KeptRecords kept,
			Duration timeout) throws Exception {
		RecordScope scope = this.scopes.open(delivery, 1, kept, route.publisher().interceptors());
		delivery.scope(scope);
		try {
			Object value = ResultUnwrapper.unwrap(await(invoke(delivery, route, scope), timeout));
			if (this.endpoint.delivery().ackPolicy() == AckPolicy.MANUAL) {
				await(delivery.decided(), timeout);
			}
			return value;
		}
		finally {
			if (scope != null) {
				scope.leave();
			}
		}
	}

	private @Nullable Object invoke(Delivery delivery, HandlerRoute<RecordInvoker> route, @Nullable RecordScope scope)
			throws Exception {
		this.scopes.enter(scope);
		try {
			return ResultUnwrapper.unwrap(route.invoker().invoke(delivery));
		}
		finally {
			this.scopes.leave(scope);
		}
	}

	private static @Nullable Object await(@Nullable Object result, Duration timeout) throws Exception {
		if (!(result instanceof CompletionStage<?> later)) {
			return result;
		}
		try {
			return later.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		catch (TimeoutException ex) {
			throw new StreamException("It was not done after %d ms".formatted(timeout.toMillis()), ex);
		}
	}

	private List<ProducerRecord<byte[], byte[]>> outgoing(Delivery delivery, ReplyPublisher publisher,
			@Nullable Object value) throws Throwable {
		if (value == null || this.endpoint.flow().batch() == null) {
			return publisher.prepare(delivery, value);
		}
		if (value instanceof BatchResult result) {
			for (Throwable failure : result.failures().values()) {
				throw failure;
			}
			return publisher.prepare(delivery, null);
		}
		if (value instanceof List<?> values && values.size() == 1) {
			return publisher.prepare(delivery, ObjectUtils.unwrapOptional(values.get(0)));
		}
		return ((value instanceof Collection<?> values) ? values : List.of(value)).stream()
			.map(ObjectUtils::unwrapOptional)
			.flatMap((element) -> (element != null) ? publisher.prepareTogether(delivery, element).stream()
					: Stream.empty())
			.toList();
	}

	private static DryRunResult failed(DryRunResult result, Throwable failure) {
		return (FailureHandler.cause(failure) instanceof RecordControl control) ? result.decided(control)
				: result.failed(failure);
	}

	private static Map<String, @Nullable Object> arguments(HandlerEndpoint handler, @Nullable Object[] values) {
		Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
		Parameter[] parameters = handler.method().method().getParameters();
		for (int i = 0; i < values.length; i++) {
			arguments.put(parameters[i].getName(), values[i]);
		}
		return arguments;
	}

}
