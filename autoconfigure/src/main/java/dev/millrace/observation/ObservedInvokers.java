package dev.millrace.observation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.millrace.RecordControl;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.BatchCall;
import dev.millrace.handler.BatchInvoker;
import dev.millrace.handler.Delivery;
import dev.millrace.handler.InvokerDecorator;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.ResultUnwrapper;

/**
 * Observes the calls of handlers. What is not there yet when a handler returns is waited
 * for, and what follows it then is done within the observation, whatever thread that is
 * on.
 */
final class ObservedInvokers implements InvokerDecorator {

	private static final Log logger = LogFactory.getLog(ObservedInvokers.class);

	private final StreamObservations observations;

	private final ObservedRuns runs;

	ObservedInvokers(StreamObservations observations, ObservedRuns runs) {
		this.observations = observations;
		this.runs = runs;
	}

	@Override
	public RecordInvoker around(SubscriberEndpoint endpoint, RecordInvoker invoker) {
		String group = endpoint.consumer().groupId();
		return (delivery) -> observe(this.observations.start(new ProcessContext(endpoint.id(), group, delivery)),
				List.of(delivery), () -> invoker.invoke(delivery));
	}

	@Override
	public BatchInvoker around(SubscriberEndpoint endpoint, BatchInvoker invoker) {
		String group = endpoint.consumer().groupId();
		return (deliveries) -> {
			BatchCall call = invoker.prepare(deliveries);
			return call
				.within(() -> observe(this.observations.start(new BatchContext(endpoint.id(), group, deliveries)),
						deliveries, call::invoke));
		};
	}

	private @Nullable Object observe(Observation observation, List<Delivery> deliveries, BatchCall.Call call)
			throws Exception {
		deliveries.forEach((delivery) -> delivery.attributes().put(StreamObservations.ATTRIBUTE, observation));
		ObservedRun alone = this.runs.open(observation);
		try {
			Object result = ResultUnwrapper.unwrap(call.invoke());
			if (result instanceof CompletionStage<?> later) {
				this.runs.detach(alone);
				return within(observation, later);
			}
			return result;
		}
		catch (Throwable ex) {
			failed(observation, ex);
			throw ex;
		}
		finally {
			if (alone != null) {
				alone.close();
			}
		}
	}

	// Who waits for what is returned goes on within the scope. What an application's
	// handlers of observations do wrong must not leave the record unfinished.
	private static CompletionStage<@Nullable Object> within(Observation observation, CompletionStage<?> later) {
		CompletableFuture<@Nullable Object> observed = new CompletableFuture<>();
		later.whenComplete((value, failure) -> {
			try {
				complete(observed, observation, value, failure);
			}
			catch (RuntimeException ex) {
				logger.warn("An observation could not be ended", ex);
			}
			finally {
				complete(observed, value, failure);
			}
		});
		return observed;
	}

	private static void complete(CompletableFuture<@Nullable Object> observed, Observation observation,
			@Nullable Object value, @Nullable Throwable failure) {
		try (Observation.Scope scope = observation.openScope()) {
			if (failure != null) {
				failed(observation, failure);
			}
			complete(observed, value, failure);
		}
		finally {
			observation.stop();
		}
	}

	private static void complete(CompletableFuture<@Nullable Object> observed, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure != null) {
			observed.completeExceptionally(failure);
		}
		else {
			observed.complete(value);
		}
	}

	private static void failed(Observation observation, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (!(cause instanceof RecordControl)) {
			observation.error(cause);
		}
	}

}
