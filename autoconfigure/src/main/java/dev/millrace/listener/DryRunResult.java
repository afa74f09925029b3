package dev.millrace.listener;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.RecordControl;
import dev.millrace.endpoint.HandlerEndpoint;

/**
 * What a dry run has found out.
 *
 * @param handler the handler that takes the record, or {@code null} when none does
 * @param arguments what it would be called with, by the names of its parameters; empty
 * when it was called
 * @param value what it has returned, or {@code null}
 * @param published what would be published, in this order
 * @param decision what is to become of the record by the handler's own decision, or
 * {@code null} when it has made none
 * @param failure why it has failed, or {@code null}
 */
public record DryRunResult(@Nullable HandlerEndpoint handler, Map<String, @Nullable Object> arguments,
		@Nullable Object value, List<ProducerRecord<byte[], byte[]>> published, @Nullable RecordControl decision,
		@Nullable Throwable failure) {

	static final DryRunResult NOTHING = new DryRunResult(null, Map.of(), null, List.of(), null, null);

	public DryRunResult {
		arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
		published = List.copyOf(published);
	}

	DryRunResult by(HandlerEndpoint handler) {
		return new DryRunResult(handler, this.arguments, this.value, this.published, this.decision, this.failure);
	}

	DryRunResult with(Map<String, @Nullable Object> arguments) {
		return new DryRunResult(this.handler, arguments, this.value, this.published, this.decision, this.failure);
	}

	DryRunResult returned(@Nullable Object value) {
		return new DryRunResult(this.handler, this.arguments, value, this.published, this.decision, this.failure);
	}

	DryRunResult published(List<ProducerRecord<byte[], byte[]>> published) {
		return new DryRunResult(this.handler, this.arguments, this.value, published, this.decision, this.failure);
	}

	DryRunResult decided(RecordControl decision) {
		return new DryRunResult(this.handler, this.arguments, this.value, this.published, decision, this.failure);
	}

	DryRunResult failed(Throwable failure) {
		return new DryRunResult(this.handler, this.arguments, this.value, this.published, this.decision, failure);
	}

}
