package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;

/**
 * Binds one value of a record to one parameter.
 */
final class ParameterBinder implements ArgumentBinder {

	private final HandlerParameter parameter;

	private final String source;

	private final ValueReader reader;

	private final int index;

	ParameterBinder(HandlerParameter parameter, String source, ValueReader reader) {
		this.parameter = parameter;
		this.source = source;
		this.reader = reader;
		this.index = parameter.index();
	}

	@Override
	public void bind(Delivery delivery, @Nullable Object[] arguments) {
		ConsumerRecord<byte[], byte[]> record = delivery.source();
		arguments[this.index] = this.parameter.argument(read(record), this.source, record);
	}

	private @Nullable Object read(ConsumerRecord<byte[], byte[]> record) {
		try {
			return this.reader.read(record);
		}
		catch (StreamException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw this.parameter.failure(this.source, record, ex);
		}
	}

}
