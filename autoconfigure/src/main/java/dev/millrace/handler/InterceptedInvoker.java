package dev.millrace.handler;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.SubscriberInterceptor;

/**
 * Invoker with interceptors around it.
 */
final class InterceptedInvoker implements RecordInvoker {

	private final List<SubscriberInterceptor> interceptors;

	private final RecordInvoker invoker;

	InterceptedInvoker(List<SubscriberInterceptor> interceptors, RecordInvoker invoker) {
		this.interceptors = List.copyOf(interceptors);
		this.invoker = invoker;
	}

	@Override
	public @Nullable Object invoke(Delivery delivery) throws Exception {
		return proceed(delivery, 0);
	}

	private @Nullable Object proceed(Delivery delivery, int index) throws Exception {
		return (index < this.interceptors.size())
				? this.interceptors.get(index).intercept(delivery, new Rest(delivery, index + 1))
				: this.invoker.invoke(delivery);
	}

	/**
	 * What comes after an interceptor.
	 */
	private final class Rest implements SubscriberInterceptor.Handling {

		private final Delivery delivery;

		private final int index;

		Rest(Delivery delivery, int index) {
			this.delivery = delivery;
			this.index = index;
		}

		@Override
		public @Nullable Object proceed() throws Exception {
			return InterceptedInvoker.this.proceed(this.delivery, this.index);
		}

		@Override
		public @Nullable Object proceed(ConsumerRecord<byte[], byte[]> record) throws Exception {
			return InterceptedInvoker.this.proceed(this.delivery.seenAs(record), this.index);
		}

	}

}
