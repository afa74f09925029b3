package dev.millrace.handler;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Turns what a handler returned into what is to be published.
 */
public final class ResultUnwrapper {

	private ResultUnwrapper() {
	}

	/**
	 * Unwrap a result. A {@code Mono} is subscribed to.
	 * @param result what the handler returned
	 * @return {@code null} when there is nothing to publish; a {@link CompletionStage}
	 * that completes with the unwrapped value, or fails with the handler's own exception;
	 * else the value to publish
	 */
	public static @Nullable Object unwrap(@Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return unwrapStage(stage);
		}
		if (result instanceof Optional<?> optional) {
			return unwrap(optional.orElse(null));
		}
		return (result != null && Reactor.isMono(result)) ? unwrapStage(Reactor.toStage(result)) : result;
	}

	private static CompletionStage<@Nullable Object> unwrapStage(CompletionStage<?> stage) {
		CompletableFuture<@Nullable Object> unwrapped = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> complete(unwrapped, value, failure));
		return unwrapped;
	}

	private static void complete(CompletableFuture<@Nullable Object> target, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure != null) {
			target.completeExceptionally(cause(failure));
			return;
		}
		try {
			Object unwrapped = unwrap(value);
			if (unwrapped instanceof CompletionStage<?> inner) {
				inner.whenComplete((innerValue, innerFailure) -> complete(target, innerValue, innerFailure));
			}
			else {
				target.complete(unwrapped);
			}
		}
		catch (RuntimeException | Error ex) {
			target.completeExceptionally(ex);
		}
	}

	static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
