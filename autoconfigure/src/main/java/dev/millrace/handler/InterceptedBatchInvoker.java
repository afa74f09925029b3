package dev.millrace.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.BatchInterceptor;
import dev.millrace.StreamRecord;

/**
 * Invoker with interceptors around the calls that it prepares.
 */
final class InterceptedBatchInvoker implements BatchInvoker {

	private final List<BatchInterceptor> interceptors;

	private final BatchInvoker invoker;

	InterceptedBatchInvoker(List<BatchInterceptor> interceptors, BatchInvoker invoker) {
		this.interceptors = List.copyOf(interceptors);
		this.invoker = invoker;
	}

	@Override
	public BatchCall prepare(List<Delivery> deliveries) {
		BatchCall call = this.invoker.prepare(deliveries);
		List<StreamRecord> records = deliveries.stream()
			.filter((delivery) -> call.failure(delivery) == null)
			.<StreamRecord>map((delivery) -> delivery)
			.toList();
		return call.within(() -> proceed(records, call, 0));
	}

	private @Nullable Object proceed(List<StreamRecord> records, BatchCall call, int index) throws Exception {
		return (index < this.interceptors.size())
				? this.interceptors.get(index).intercept(records, () -> proceed(records, call, index + 1))
				: call.invoke();
	}

}
