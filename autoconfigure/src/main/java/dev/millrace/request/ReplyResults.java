package dev.millrace.request;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import dev.millrace.RequestFailedException;
import dev.millrace.StreamRecord;
import dev.millrace.handler.Deliveries;
import dev.millrace.publisher.RecordHeaderNames;

/**
 * Makes of answers what was asked for. Not on the thread that reads them: what
 * applications do with an answer must not hold up the next one.
 */
final class ReplyResults {

	private final Supplier<Deliveries> deliveries;

	private final Executor executor;

	/**
	 * Create what makes the results of an application.
	 * @param deliveries decode answers
	 * @param executor runs that, and what depends on it
	 */
	ReplyResults(Supplier<Deliveries> deliveries, Executor executor) {
		this.deliveries = deliveries;
		this.executor = executor;
	}

	/**
	 * Return what a request ends with.
	 * @param reply completes with the answer; cancelled when nobody wants it any more
	 * @param type the type that is asked for
	 * @param failures makes of what has prevented an answer what the application gets
	 * @param <T> that type
	 * @return the result
	 */
	<T> CompletableFuture<@Nullable T> of(CompletableFuture<ConsumerRecord<byte[], byte[]>> reply, Type type,
			UnaryOperator<Throwable> failures) {
		CompletableFuture<@Nullable T> result = new CompletableFuture<>();
		reply.whenCompleteAsync((record, failure) -> {
			try {
				if (failure != null) {
					result.completeExceptionally(failures.apply(failure));
				}
				else {
					result.complete(read(record, type));
				}
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, this.executor).whenComplete((record, failure) -> {
			// Also when the executor has refused it, because the application has ended.
			if (failure != null) {
				result.completeExceptionally(failures.apply(failure));
			}
		});
		result.whenComplete((value, failure) -> reply.cancel(false));
		return result;
	}

	@SuppressWarnings("unchecked")
	private <T> @Nullable T read(ConsumerRecord<byte[], byte[]> record, Type type) {
		String error = text(record.headers(), RecordHeaderNames.ERROR_TYPE);
		if (error != null) {
			String message = text(record.headers(), RecordHeaderNames.ERROR_MESSAGE);
			throw new RequestFailedException(Objects.requireNonNullElse(message, error), error);
		}
		StreamRecord delivery = this.deliveries.get().of(record, 1);
		return (T) ((type == StreamRecord.class) ? delivery : delivery.body(type));
	}

	/**
	 * Read a header.
	 * @param headers the headers
	 * @param name the name
	 * @return its last value as text, or {@code null}
	 */
	static @Nullable String text(Headers headers, String name) {
		Header header = headers.lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

}
