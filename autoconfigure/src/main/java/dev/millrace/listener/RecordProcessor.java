package dev.millrace.listener;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.ResultUnwrapper;
import dev.millrace.publisher.ReplyPublisher;

/**
 * What happens to each record of a subscriber, in this order and nowhere else: decode,
 * bind, validate, call the handler, publish what it returned, wait for the broker's
 * confirmation, and only then let the offset go. A failure anywhere repeats the step that
 * failed: a handler that has returned is not called again because its result could not be
 * sent.
 */
public final class RecordProcessor implements RecordHandler {

	private final RecordInvoker invoker;

	private final ReplyPublisher publisher;

	private final FailureHandler failures;

	/**
	 * Create the processor of a subscriber.
	 * @param invoker decodes, binds, validates and calls the handler
	 * @param publisher publishes results
	 * @param failures decides what becomes of a record that failed
	 */
	public RecordProcessor(RecordInvoker invoker, ReplyPublisher publisher, FailureHandler failures) {
		this.invoker = invoker;
		this.publisher = publisher;
		this.failures = failures;
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		try {
			Object result = ResultUnwrapper.unwrap(this.invoker.invoke(record.record()));
			if (result instanceof CompletionStage<?> later) {
				return later.handle((value, failure) -> completed(record, value, failure));
			}
			publish(record, result);
		}
		catch (Throwable ex) {
			this.failures.failed(record, ex, this);
		}
		return null;
	}

	private @Nullable Void completed(InFlightRecord record, @Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			this.failures.failed(record, failure, this);
		}
		else {
			publish(record, ResultUnwrapper.unwrap(value));
		}
		return null;
	}

	private void publish(InFlightRecord record, @Nullable Object value) {
		try {
			List<ProducerRecord<byte[], byte[]>> outgoing = (value != null)
					? this.publisher.prepare(record.record(), value) : List.of();
			send(record, outgoing);
		}
		catch (Throwable ex) {
			this.failures.failed(record, ex, (again) -> {
				publish(again, value);
				return null;
			});
		}
	}

	private void send(InFlightRecord record, List<ProducerRecord<byte[], byte[]>> outgoing) {
		if (outgoing.isEmpty()) {
			record.finish();
			return;
		}
		this.publisher.send(outgoing, (unsent, failure) -> {
			if (failure == null) {
				record.finish();
				return;
			}
			this.failures.failed(record, failure, (again) -> {
				send(again, unsent);
				return null;
			});
		});
	}

}
