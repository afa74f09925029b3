package dev.millrace.observation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamRecord;

/**
 * Makes spans of batches, with a link to the trace of each of their records, as the
 * semantic conventions of OpenTelemetry want it. Micrometer's observations know of no
 * links, and its propagators only of one parent; so the header {@code traceparent} is
 * read here, as the <a href="https://www.w3.org/TR/trace-context/">W3C</a> has it.
 */
public final class BatchTracingObservationHandler implements TracingObservationHandler<BatchContext> {

	/**
	 * Ids of nothing but zeros are not valid, and some tracers throw at them.
	 */
	private static final Pattern TRACE_PARENT = Pattern
		.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2}).*");

	private final Tracer tracer;

	/**
	 * Create a handler.
	 * @param tracer makes the spans
	 */
	public BatchTracingObservationHandler(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof BatchContext;
	}

	@Override
	public void onStart(BatchContext context) {
		Span.Builder builder = this.tracer.spanBuilder().kind(Span.Kind.CONSUMER);
		Span parent = getParentSpan(context);
		if (parent != null) {
			builder.setParent(parent.context());
		}
		for (StreamRecord record : context.records()) {
			TraceContext linked = read(record.header("traceparent"));
			if (linked != null) {
				builder.addLink(new Link(linked));
			}
		}
		getTracingContext(context).setSpan(builder.start());
	}

	@Override
	public void onStop(BatchContext context) {
		Span span = getRequiredSpan(context);
		span.name(getSpanName(context));
		tagSpan(context, span);
		endSpan(context, span);
	}

	private @Nullable TraceContext read(@Nullable String header) {
		Matcher matcher = (header != null) ? TRACE_PARENT.matcher(header) : null;
		if (matcher == null || !matcher.matches()) {
			return null;
		}
		boolean sampled = (Integer.parseInt(matcher.group(3), 16) & 1) == 1;
		return this.tracer.traceContextBuilder()
			.traceId(matcher.group(1))
			.spanId(matcher.group(2))
			.sampled(sampled)
			.build();
	}

}
