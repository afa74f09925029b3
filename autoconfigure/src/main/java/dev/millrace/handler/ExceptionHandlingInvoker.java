package dev.millrace.handler;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.millrace.RecordControl;

/**
 * Invoker whose exceptions are handled, whether it throws them or its result ends with
 * them later.
 */
final class ExceptionHandlingInvoker implements RecordInvoker {

	private final RecordInvoker invoker;

	private final ExceptionHandlers handlers;

	ExceptionHandlingInvoker(RecordInvoker invoker, ExceptionHandlers handlers) {
		this.invoker = invoker;
		this.handlers = handlers;
	}

	@Override
	public @Nullable Object invoke(Delivery delivery) throws Exception {
		Object result;
		try {
			result = ResultUnwrapper.unwrap(this.invoker.invoke(delivery));
		}
		catch (Throwable ex) {
			return handle(delivery, ex);
		}
		return (result instanceof CompletionStage<?> later) ? handleLater(delivery, later) : result;
	}

	private CompletionStage<?> handleLater(Delivery delivery, CompletionStage<?> result) {
		return result.<CompletionStage<@Nullable Object>>handle((value, failure) -> {
			if (failure == null) {
				return CompletableFuture.completedFuture(value);
			}
			try {
				return CompletableFuture.completedFuture(handle(delivery, failure));
			}
			catch (Exception ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}).thenCompose(Function.identity());
	}

	// What a handler has waited for fails it with a wrapper, too.
	private @Nullable Object handle(Delivery delivery, Throwable thrown) throws Exception {
		Throwable failure = ResultUnwrapper.cause(thrown);
		if (!(failure instanceof RecordControl)) {
			for (Throwable candidate : List.of(failure, thrown)) {
				RecordInvoker handler = this.handlers.find(candidate);
				if (handler != null) {
					return handler.invoke(delivery.failed(candidate));
				}
			}
		}
		throw rethrown(thrown);
	}

	private static Exception rethrown(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (Exception) failure;
	}

}
