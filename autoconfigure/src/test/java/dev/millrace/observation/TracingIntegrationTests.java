package dev.millrace.observation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.millrace.RetryMode;
import dev.millrace.StreamOperations;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.StreamTracingAutoConfiguration;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Traces go along with records.
 */
@Timeout(120)
class TracingIntegrationTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String PARENT = "b7ad6b7169203331";

	private static final String ALL = "management.tracing.sampling.probability=1.0";

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void oneTraceFromTheProducerOverReplyAndSecondSubscriber() {
		String in = this.cluster.newTopic("trace-in", 1);
		String out = this.cluster.newTopic("trace-out", 1);
		String extra = this.cluster.newTopic("trace-extra", 1);
		try (TestApplication application = TestApplication.start(Chain.class, ALL, "in=" + in, "out=" + out,
				"extra=" + extra)) {
			Chain chain = application.bean(Chain.class);
			Tracer tracer = application.bean(Tracer.class);
			io.micrometer.tracing.Span span = tracer.nextSpan().name("outside").start();
			String trace = span.context().traceId();
			try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
				application.bean(StreamOperations.class).publish(in, "hello").join();
			}
			span.end();
			await().until(() -> chain.ended.size() == 2);
			await().untilAsserted(() -> assertThat(spans(application, trace)).extracting(SpanData::getName)
				.containsExactlyInAnyOrder("outside", "send " + in, "process " + in, "send " + out, "send " + extra,
						"process " + out));

			List<SpanData> spans = spans(application, trace);
			SpanData outside = span(spans, "outside");
			SpanData sent = span(spans, "send " + in);
			SpanData handled = span(spans, "process " + in);
			SpanData replied = span(spans, "send " + out);
			SpanData published = span(spans, "send " + extra);
			SpanData second = span(spans, "process " + out);
			assertThat(sent.getParentSpanId()).isEqualTo(outside.getSpanId());
			assertThat(handled.getParentSpanId()).isEqualTo(sent.getSpanId());
			assertThat(replied.getParentSpanId()).isEqualTo(handled.getSpanId());
			assertThat(published.getParentSpanId()).isEqualTo(handled.getSpanId());
			assertThat(second.getParentSpanId()).isEqualTo(replied.getSpanId());
			assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(handled.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(attributes(handled)).containsEntry("messaging.system", "kafka")
				.containsEntry("messaging.operation.type", "process")
				.containsEntry("messaging.operation.name", "process")
				.containsEntry("messaging.destination.name", in)
				.containsEntry("messaging.destination.partition.id", "0")
				.containsEntry("messaging.consumer.group.name", "test.first")
				.containsEntry("messaging.kafka.offset", "0")
				.containsEntry("millrace.subscriber", "first")
				.containsEntry("millrace.attempt", "1")
				.doesNotContainKey("messaging.kafka.message.key");
			assertThat(attributes(replied)).containsEntry("messaging.operation.type", "send")
				.containsEntry("messaging.destination.name", out)
				.containsEntry("messaging.destination.partition.id", "0")
				.containsEntry("messaging.kafka.message.key", "k")
				.containsEntry("messaging.kafka.offset", "0");
			assertThat(chain.traces).containsExactly(trace, trace, trace, trace);
			assertThat(this.cluster.read(out)).singleElement()
				.satisfies((record) -> assertThat(TestCluster.header(record, "traceparent"))
					.startsWith("00-" + trace + "-" + replied.getSpanId() + "-"));
		}
	}

	@Test
	void asynchronousHandlerPublishesInItsTrace() {
		String in = this.cluster.newTopic("trace-async-in", 1);
		String out = this.cluster.newTopic("trace-async-out", 1);
		try (TestApplication application = TestApplication.start(Later.class, ALL, "in=" + in, "out=" + out)) {
			send(in);
			Later later = application.bean(Later.class);
			await().until(() -> later.result != null);
			later.result.completeAsync(() -> "later");
			await().until(() -> spans(application, TRACE).size() == 2);
			List<SpanData> spans = spans(application, TRACE);
			assertThat(span(spans, "process " + in).getParentSpanId()).isEqualTo(PARENT);
			assertThat(span(spans, "send " + out).getParentSpanId())
				.isEqualTo(span(spans, "process " + in).getSpanId());
		}
	}

	@Test
	void deadLetterOfAnAsynchronousHandlerBelongsToIt() {
		String in = this.cluster.newTopic("trace-late-in", 1);
		String out = this.cluster.newTopic("trace-late-out", 1);
		try (TestApplication application = TestApplication.start(Later.class, ALL, "in=" + in, "out=" + out,
				"millrace.subscriber.ack-policy=reject-on-error")) {
			send(in);
			Later later = application.bean(Later.class);
			await().until(() -> later.result != null);
			CompletableFuture.runAsync(() -> later.result.completeExceptionally(new IllegalStateException("no")));
			await().until(() -> spans(application, TRACE).size() == 2);
			List<SpanData> spans = spans(application, TRACE);
			assertThat(attributes(span(spans, "process " + in))).containsEntry("error.type",
					IllegalStateException.class.getName());
			assertThat(span(spans, "send " + in + "-dlt").getParentSpanId())
				.isEqualTo(span(spans, "process " + in).getSpanId());
		}
	}

	@Test
	void retryTopicAndDeadLetterTakeTheTraceAlong() {
		String in = this.cluster.newTopic("trace-retry-in", 1);
		try (TestApplication application = TestApplication.start(Failing.class, ALL, "in=" + in)) {
			send(in);
			await().until(() -> spans(application, TRACE).size() == 4);
			List<SpanData> spans = spans(application, TRACE);
			List<SpanData> handled = spans.stream().filter((span) -> span.getName().equals("process " + in)).toList();
			SpanData retry = span(spans, "send retries-" + in);
			SpanData deadLetter = span(spans, "send " + in + "-dlt");
			assertThat(handled).hasSize(2).allSatisfy((attempt) -> {
				assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
				assertThat(attributes(attempt)).containsEntry("error.type", IllegalStateException.class.getName());
			});
			assertThat(handled.get(0).getParentSpanId()).isEqualTo(PARENT);
			assertThat(retry.getParentSpanId()).isEqualTo(handled.get(0).getSpanId());
			assertThat(handled.get(1).getParentSpanId()).isEqualTo(retry.getSpanId());
			assertThat(attributes(handled.get(1))).containsEntry("millrace.attempt", "2");
			assertThat(deadLetter.getParentSpanId()).isEqualTo(handled.get(1).getSpanId());
			ConsumerRecord<byte[], byte[]> written = this.cluster.read(in + "-dlt").get(0);
			assertThat(TestCluster.header(written, "traceparent"))
				.startsWith("00-" + TRACE + "-" + deadLetter.getSpanId() + "-");
		}
	}

	@Test
	void batchHasLinksToTheTracesOfItsRecords() {
		String in = this.cluster.newTopic("trace-batch-in", 1);
		String out = this.cluster.newTopic("trace-batch-out", 1);
		try (TestApplication application = TestApplication.start(Batches.class, ALL, "in=" + in, "out=" + out)) {
			send(in);
			this.cluster.send(in, null, "without");
			Batches batches = application.bean(Batches.class);
			await().until(() -> batches.handled.get() == 2);
			await().until(() -> application.bean(InMemorySpanExporter.class)
				.getFinishedSpanItems()
				.stream()
				.anyMatch((span) -> span.getName().equals("send " + out)));
			List<SpanData> spans = application.bean(InMemorySpanExporter.class).getFinishedSpanItems();
			SpanData handled = span(spans, "process " + in);
			assertThat(handled.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(handled.getTraceId()).isNotEqualTo(TRACE);
			assertThat(handled.getLinks()).singleElement().satisfies((link) -> {
				assertThat(link.getSpanContext().getTraceId()).isEqualTo(TRACE);
				assertThat(link.getSpanContext().getSpanId()).isEqualTo(PARENT);
			});
			assertThat(attributes(handled)).containsEntry("messaging.batch.message_count", "2");
			assertThat(span(spans, "send " + out).getParentSpanId()).isEqualTo(handled.getSpanId());
		}
	}

	@Test
	void nothingIsObservedWhenThatIsSwitchedOff() {
		String in = this.cluster.newTopic("trace-off-in", 1);
		String out = this.cluster.newTopic("trace-off-out", 1);
		String extra = this.cluster.newTopic("trace-off-extra", 1);
		try (TestApplication application = TestApplication.start(Chain.class, ALL, "in=" + in, "out=" + out,
				"extra=" + extra, "millrace.observation.enabled=false")) {
			this.cluster.send(in, null, "x");
			await().until(() -> application.bean(Chain.class).ended.size() == 2);
			assertThat(application.bean(StreamObservations.class).isActive()).isFalse();
			assertThat(application.bean(StreamObservations.class).interceptors()).isEmpty();
			assertThat(application.bean(InMemorySpanExporter.class).getFinishedSpanItems()).isEmpty();
		}
	}

	private void send(String topic) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, TestCluster.bytes("x"));
		record.headers().add("traceparent", TestCluster.bytes("00-" + TRACE + "-" + PARENT + "-01"));
		this.cluster.send(record);
	}

	private static List<SpanData> spans(TestApplication application, String trace) {
		return application.bean(InMemorySpanExporter.class)
			.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getTraceId().equals(trace))
			.toList();
	}

	private static SpanData span(List<SpanData> spans, String name) {
		return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private static Map<String, String> attributes(SpanData span) {
		Map<String, String> attributes = new HashMap<>();
		span.getAttributes()
			.forEach((key, value) -> attributes.put(((AttributeKey<?>) key).getKey(), value.toString()));
		return attributes;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
			OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
			StreamTracingAutoConfiguration.class })
	static class Tracing {

		@Bean
		InMemorySpanExporter exporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		SpanProcessor processor(InMemorySpanExporter exporter) {
			return SimpleSpanProcessor.create(exporter);
		}

	}

	@Import(Tracing.class)
	static class Chain {

		final Queue<String> ended = new ConcurrentLinkedQueue<>();

		final Queue<String> traces = new ConcurrentLinkedQueue<>();

		@Value("${extra}")
		String extra;

		@Bean
		SubscriberInterceptor tracesInInterceptors() {
			return (record, handling) -> {
				this.traces.add(String.valueOf(MDC.get("traceId")));
				return handling.proceed();
			};
		}

		@StreamSubscriber(topics = "${in}", id = "first")
		@StreamPublisher(topic = "${out}", key = "'k'")
		String first(String body, StreamOperations operations) {
			this.traces.add(String.valueOf(MDC.get("traceId")));
			operations.publish(this.extra, "extra");
			this.ended.add(body);
			return body;
		}

		@StreamSubscriber(topics = "${out}", id = "second")
		void second(String body) {
			this.traces.add(String.valueOf(MDC.get("traceId")));
			this.ended.add(body);
		}

	}

	@Import(Tracing.class)
	static class Later {

		volatile CompletableFuture<String> result;

		@StreamSubscriber(topics = "${in}", id = "later")
		@StreamPublisher(topic = "${out}")
		CompletionStage<String> handle(String body) {
			this.result = new CompletableFuture<>();
			return this.result;
		}

	}

	@Import(Tracing.class)
	static class Failing {

		@StreamSubscriber(topics = "${in}", id = "failing")
		@Retry(mode = RetryMode.TOPIC, attempts = "2", topic = "retries-${in}")
		void handle(String body) {
			throw new IllegalStateException("no");
		}

	}

	@Import(Tracing.class)
	static class Batches {

		final AtomicInteger handled = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "batches", batch = true, maxRecords = "2", maxWait = "1m")
		@StreamPublisher(topic = "${out}")
		String handle(List<String> bodies) {
			this.handled.addAndGet(bodies.size());
			return "done";
		}

	}

}
