package dev.millrace.handler;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.HandlerMethod;

/**
 * Invoker of a handler that declares a collection which is no list: it has no order in
 * which its elements could belong to the records of the batch, even when what is returned
 * happens to be a list.
 */
public final class SharedResultInvoker implements BatchInvoker {

	private final BatchInvoker invoker;

	private SharedResultInvoker(BatchInvoker invoker) {
		this.invoker = invoker;
	}

	/**
	 * Return what calls a handler as it declares its result.
	 * @param method the handler
	 * @param invoker calls it
	 * @return the invoker, as it is where the handler may return a list
	 */
	public static BatchInvoker of(HandlerMethod method, BatchInvoker invoker) {
		return ResultType.isShared(method) ? new SharedResultInvoker(invoker) : invoker;
	}

	@Override
	public BatchCall prepare(List<Delivery> deliveries) {
		BatchCall call = this.invoker.prepare(deliveries);
		return call.within(() -> {
			Object result = ResultUnwrapper.unwrap(call.invoke());
			return (result instanceof CompletionStage<?> stage) ? stage.thenApply(SharedResultInvoker::shared)
					: shared(result);
		});
	}

	private static @Nullable Object shared(@Nullable Object result) {
		return (result instanceof List<?> list) ? Collections.unmodifiableCollection(list) : result;
	}

}
