package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.BatchInterceptor;
import dev.millrace.BatchResult;
import dev.millrace.RetryMode;
import dev.millrace.StreamRecord;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.BatchSettings;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.FlowSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the settings of batches, and for what is reported when they can't work.
 */
@ExtendWith(OutputCaptureExtension.class)
class BatchStartupTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class))
		.withBean("beans", Handlers.class)
		.withPropertyValues("spring.application.name=app", "spring.kafka.listener.auto-startup=false",
				"millrace.topics.missing=ignore");

	@Test
	void handlersGetSingleRecordsUnlessSomebodySaysOtherwise() {
		assertThat(flow("single").batch()).isNull();
		assertThat(flow("single", "millrace.subscribers.single.batch.enabled=true").batch())
			.isEqualTo(new BatchSettings(500, Duration.ofMillis(200)));
		assertThat(flow("plain").batch()).isEqualTo(new BatchSettings(500, Duration.ofMillis(200)));
	}

	@Test
	void overrideWinsOverAnnotationOverDefaultOverBuiltIn() {
		String[] defaults = { "millrace.subscriber.batch.max-records=7", "millrace.subscriber.batch.max-wait=7s" };
		assertThat(flow("plain", defaults).batch()).isEqualTo(new BatchSettings(7, Duration.ofSeconds(7)));
		assertThat(flow("annotated", defaults).batch()).isEqualTo(new BatchSettings(3, Duration.ofSeconds(3)));
		assertThat(flow("annotated", "millrace.subscribers.annotated.batch.max-records=9",
				"millrace.subscribers.annotated.batch.max-wait=9s")
			.batch()).isEqualTo(new BatchSettings(9, Duration.ofSeconds(9)));
	}

	@Test
	void windowIsOpenWhileABatchIsNotFull() {
		assertThat(flow("plain", "millrace.subscriber.window.high=600").windowLow()).isEqualTo(499);
		assertThat(flow("plain", "millrace.subscriber.window.high=2000").windowLow()).isEqualTo(1000);
	}

	@Test
	void windowHasRoomForTwoBatches() {
		assertThat(flow("plain").windowHigh()).isEqualTo(1000);
		assertThat(flow("plain", "millrace.subscriber.batch.max-records=2000").windowHigh()).isEqualTo(4000);
	}

	@ParameterizedTest
	@CsvSource({ "batch.max-records,0", "window.high,499", "window.low,498" })
	void valueThatIsOutOfRange(String name, String value) {
		FailureAnalysis report = StartupFailure.of(Plain.class, "millrace.subscriber." + name + "=" + value);

		assertThat(report.getDescription()).startsWith("Subscriber 'id' (Plain.handle(List) of bean '")
			.endsWith(") has the invalid setting " + name + "=" + value + ".");
		assertThat(report.getAction()).startsWith("Set ");
	}

	@Test
	void severalHandlers() {
		FailureAnalysis report = StartupFailure.of(Several.class);

		assertThat(report.getDescription()).startsWith("Subscriber 'id' (Several.")
			.endsWith(" has several handlers, but a batch is one call of one handler.");
		assertThat(report.getAction()).contains("List<StreamRecord>");
	}

	@Test
	void parameterOfOneRecord() {
		FailureAnalysis report = StartupFailure.of(One.class);

		assertThat(report.getDescription()).contains("One.handle(String) of bean '")
			.endsWith(" takes something of one record, but its handler gets batches.");
		assertThat(report.getAction()).startsWith("Declare a List of it");
	}

	@Test
	void orderAcrossRetriesInATopic() {
		FailureAnalysis report = StartupFailure.of(InOrder.class);

		assertThat(report.getDescription()).startsWith("Subscriber 'id' (InOrder.handle(List) of bean '")
			.endsWith(" gets batches and is to keep its order with a retry topic, which do not go together.");
		assertThat(report.getAction()).contains("RetryMode.LANE");
	}

	@ParameterizedTest
	@ValueSource(classes = { Intercepted.class, InterceptedWithAll.class })
	void interceptorsOfOneRecord(Class<?> handler) {
		FailureAnalysis report = StartupFailure.of(handler);

		assertThat(report.getDescription()).startsWith("Subscriber 'id' (" + handler.getSimpleName() + ".handle(List)")
			.contains(" gets batches, but the interceptor " + handler.getName())
			.endsWith(" handles one record at a time.");
		assertThat(report.getAction()).startsWith("Have it implement BatchInterceptor too")
			.contains("defaultCandidate = false");
	}

	@Test
	void interceptorOfRecordsAndBatchesIsForBoth() {
		this.runner.withUserConfiguration(InterceptedWithBoth.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void interceptorOfBatchesIsNamedBySubscriberOfSingleRecords() {
		FailureAnalysis report = StartupFailure.of(WronglyIntercepted.class);

		assertThat(report.getDescription()).startsWith("Subscriber 'id' (WronglyIntercepted.handle(String)")
			.contains(" gets one record at a time, but names the interceptor " + WronglyIntercepted.class.getName())
			.endsWith(", which handles batches.");
		assertThat(report.getAction()).startsWith("Have it implement SubscriberInterceptor too");
	}

	@Test
	void exceptionHandlersThatAreNotCalledAreReported(CapturedOutput output) {
		this.runner.withBean("handled", Handled.class).run((context) -> assertThat(context).hasNotFailed());

		assertThat(output)
			.contains("Subscriber 'handled' (Handled.handle(List) of bean 'handled') gets batches, so that"
					+ " no @StreamExceptionHandler method handles its exceptions; a BatchInterceptor can");
	}

	@Test
	void nothingToAcknowledgeWith() {
		FailureAnalysis report = StartupFailure.of(Plain.class, "millrace.subscriber.ack-policy=manual");

		assertThat(report.getDescription()).contains("has the policy MANUAL, but nothing to acknowledge records with.");
	}

	@Test
	void acknowledgmentsOfEachRecordAreEnough() {
		assertThat(flow("manual").batch()).isNotNull();
		assertThat(flow("iterated").batch()).isNotNull();
	}

	@Test
	void outcomeIsNothingToPublish() {
		FailureAnalysis report = StartupFailure.of(Outcome.class);

		assertThat(report.getDescription()).endsWith("has @StreamPublisher but returns nothing to publish.");
	}

	@Test
	void collectionOfFutures() {
		FailureAnalysis report = StartupFailure.of(Futures.class);

		assertThat(report.getDescription()).startsWith("Futures.handle(List) of bean '")
			.endsWith("returns a collection of CompletionStage, which Millrace doesn't wait for.");
		assertThat(report.getAction()).isEqualTo("Return one CompletionStage for the whole collection.");
	}

	@Test
	void batchForAFunctionOfOneRecord() {
		FailureAnalysis report = StartupFailure.of(Single.class, "millrace.subscribers.id.batch.enabled=true");

		assertThat(report.getAction()).endsWith("or remove batch = true.");
	}

	private FlowSettings flow(String id, String... properties) {
		FlowSettings[] flow = new FlowSettings[1];
		this.runner.withPropertyValues(properties)
			.run((context) -> flow[0] = context.getBean(EndpointRegistry.class).find(id).flow());
		return flow[0];
	}

	static class Handlers {

		@StreamSubscriber(topics = "in", id = "single")
		void single(List<String> bodies) {
		}

		@StreamSubscriber(topics = "in", id = "plain", batch = true)
		void plain(List<String> bodies) {
		}

		@StreamSubscriber(topics = "in", id = "annotated", batch = true, maxRecords = "3", maxWait = "3s")
		void annotated(List<String> bodies) {
		}

		@StreamSubscriber(topics = "in", id = "manual", batch = true, ackPolicy = AckPolicy.MANUAL)
		void manual(List<String> bodies, List<Acknowledgment> acknowledgments) {
		}

		@StreamSubscriber(topics = "in", id = "iterated", batch = true, ackPolicy = AckPolicy.MANUAL)
		void iterated(List<String> bodies, Iterable<Acknowledgment> acknowledgments) {
		}

	}

	static class Plain {

		@StreamSubscriber(topics = "in", id = "id", batch = true)
		void handle(List<String> bodies) {
		}

	}

	static class Single {

		@StreamSubscriber(topics = "in", id = "id")
		void handle(String body) {
		}

	}

	static class One {

		@StreamSubscriber(topics = "in", id = "id", batch = true)
		void handle(String body) {
		}

	}

	@StreamSubscriber(topics = "in", id = "id", batch = true)
	static class Several {

		@StreamHandler
		@StreamFilter(headers = "kind=a")
		void one(List<String> bodies) {
		}

		@StreamHandler
		void other(List<String> bodies) {
		}

	}

	static class InOrder {

		@StreamSubscriber(topics = "in", id = "id", batch = true)
		@Retry(mode = RetryMode.TOPIC, keepOrder = true)
		void handle(List<String> bodies) {
		}

	}

	static class Intercepted {

		@Bean(defaultCandidate = false)
		SubscriberInterceptor audit() {
			return (record, handling) -> handling.proceed();
		}

		@StreamSubscriber(topics = "in", id = "id", batch = true, interceptors = "audit")
		void handle(List<String> bodies) {
		}

	}

	static class InterceptedWithAll {

		@Bean
		SubscriberInterceptor audit() {
			return (record, handling) -> handling.proceed();
		}

		@StreamSubscriber(topics = "in", id = "id", batch = true)
		void handle(List<String> bodies) {
		}

	}

	static class InterceptedWithBoth {

		@Bean
		Both both() {
			return new Both();
		}

		@StreamSubscriber(topics = "in", id = "of batches", batch = true, interceptors = "both")
		void handle(List<String> bodies) {
		}

		@StreamSubscriber(topics = "in", id = "of records", interceptors = "both")
		void handle(String body) {
		}

	}

	static class Both implements SubscriberInterceptor, BatchInterceptor {

		@Override
		public @Nullable Object intercept(StreamRecord record, SubscriberInterceptor.Handling handling)
				throws Exception {
			return handling.proceed();
		}

		@Override
		public @Nullable Object intercept(List<StreamRecord> records, BatchInterceptor.Handling handling)
				throws Exception {
			return handling.proceed();
		}

	}

	static class WronglyIntercepted {

		@Bean(defaultCandidate = false)
		BatchInterceptor audit() {
			return (records, handling) -> handling.proceed();
		}

		@StreamSubscriber(topics = "in", id = "id", interceptors = "audit")
		void handle(String body) {
		}

	}

	static class Handled {

		@StreamSubscriber(topics = "in", id = "handled", batch = true)
		void handle(List<String> bodies) {
		}

		@StreamExceptionHandler
		void handle(IllegalStateException failure) {
		}

	}

	static class Outcome {

		@StreamSubscriber(topics = "in", id = "id", batch = true)
		@StreamPublisher("out")
		BatchResult handle(List<String> bodies) {
			return BatchResult.success();
		}

	}

	static class Futures {

		@StreamSubscriber(topics = "in", id = "id", batch = true)
		@StreamPublisher("out")
		@Nullable List<CompletableFuture<String>> handle(List<String> bodies) {
			return null;
		}

	}

}
