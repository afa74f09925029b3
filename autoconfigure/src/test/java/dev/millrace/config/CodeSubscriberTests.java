package dev.millrace.config;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.HandlerSpec;
import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.RetrySpec;
import dev.millrace.StreamConfigurationException;
import dev.millrace.SubscriberSpec;
import dev.millrace.Unmatched;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPartition;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CodeSubscriber}: it can be told what the annotations can be told, and
 * comes to the same.
 */
class CodeSubscriberTests {

	private static final String DEFAULT_NAME = "value";

	private final TestReader reader = new TestReader();

	@Test
	void everyAttributeHasItsMethod() {
		assertThat(methods(SubscriberSpec.class)).containsAll(attributes(StreamSubscriber.class,
				Map.of("id", "topics", "properties", "property", "batch", "handleBatch")));
		assertThat(methods(RetrySpec.class))
			.containsAll(attributes(Retry.class, Map.of("mode", "inTopic", "topic", "inTopic")));
		assertThat(methods(SubscriberSpec.class)).containsAll(attributes(DeadLetter.class,
				Map.of("enabled", "deadLetters", "topic", "deadLetterTopic", "headers", "deadLetterHeaders")));
		assertThat(methods(HandlerSpec.PublisherSpec.class))
			.containsAll(attributes(StreamPublisher.class, Map.of("topic", "key", "headers", "header")));
	}

	@Test
	void codeAndAnnotationComeToTheSame() {
		SubscriberEndpoint annotated = this.reader.read(Annotated.class);

		SubscriberEndpoint code = this.reader.read("orders",
				(subscriber) -> subscriber.partitions("a", 0, 1)
					.partitions("b", "latest", 7)
					.groupId("group")
					.clientId("client")
					.ordering(Ordering.KEY)
					.concurrency(3)
					.maxRate(4.5)
					.consumers(2)
					.ackPolicy(AckPolicy.NACK_ON_ERROR)
					.maxRecords(5)
					.maxWait(Duration.ofSeconds(6))
					.unmatched(Unmatched.SKIP)
					.reply(false)
					.autoOffsetReset("latest")
					.autoStartup(false)
					.codec("mine")
					.contentType("text/csv")
					.interceptors("first", "second")
					.rebalanceListener("listener")
					.property("fetch.min.bytes", "7")
					.retry((retry) -> retry.attempts(8)
						.maxTime(Duration.ofMinutes(9))
						.delay(Duration.ofMillis(10))
						.multiplier(1.1)
						.maxDelay(Duration.ofSeconds(12))
						.jitter(0.13)
						.on(IOException.class)
						.on(IllegalStateException.class)
						.fatal(ArithmeticException.class)
						.inTopic("later"))
					.deadLetters(false)
					.deadLetterTopic("dead")
					.deadLetterHeaders(DeadLetterHeaders.SPRING)
					.handleBatch(String.class, (bodies, records) -> bodies,
							(handler) -> handler.publishTo("out",
									(publisher) -> publisher.key("#record.key()")
										.partition("1")
										.header("source", "code")
										.header("kind", "test")
										.contentType("text/xml")
										.codec("theirs")
										.interceptors("third"))));

		assertThat(code).usingRecursiveComparison()
			.ignoringFields("handlers", "settings.source")
			.ignoringFieldsOfTypes(java.util.regex.Pattern.class)
			.isEqualTo(annotated);
		assertThat(code.publishers()).isEqualTo(annotated.publishers());
	}

	@Test
	void oneAfterTheOtherOnlyAndExactlyOnceAndTheOrderInTheRetryTopic() {
		SubscriberEndpoint code = this.reader.read("orders",
				(subscriber) -> subscriber.topics("a")
					.retry((retry) -> retry.inTopic().keepOrder(true))
					.handle(String.class, (body, record) -> null));
		assertThat(code.delivery().retry().mode()).isEqualTo(RetryMode.TOPIC);
		assertThat(code.delivery().retry().topic()).isEqualTo("app.orders-retry");
		assertThat(code.delivery().retry().keepOrder()).isTrue();
		assertThat(code.flow().batch()).isNull();

		assertThat(this.reader.read("orders",
				(subscriber) -> subscriber.topics("a").exactlyOnce(true).handle(String.class, (body, record) -> null))
			.delivery()
			.exactlyOnce()).isTrue();
	}

	@Test
	void partitionsExcludeTopicsAndAreNumbers() {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> this.reader.read("orders",
				(subscriber) -> subscriber.topics("a").partitions("b", 0).handle(String.class, (body, record) -> null)))
			.withMessageContaining("Subscriber 'orders' subscribes to topics and partitions together");
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read("orders",
					(subscriber) -> subscriber.partitions("b").handle(String.class, (body, record) -> null)))
			.withMessageContaining("names no partition of the topic 'b'");
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read("orders",
					(subscriber) -> subscriber.partitions("b", -1).handle(String.class, (body, record) -> null)))
			.withMessageContaining("has the partitions '-1'");
	}

	@Test
	void batchIsOneFunction() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read("orders",
					(subscriber) -> subscriber.topics("a")
						.handle(String.class, (body, record) -> null, (handler) -> handler.filter("key == 'a'"))
						.handleBatch(String.class, (bodies, records) -> null)))
			.withMessageContaining("has several handlers, but a batch is one call of one handler");
	}

	private static Set<String> methods(Class<?> type) {
		return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
	}

	private static List<String> attributes(Class<? extends Annotation> type, Map<String, String> otherNames) {
		return Arrays.stream(type.getDeclaredMethods())
			.map(Method::getName)
			.filter((name) -> !name.equals(DEFAULT_NAME))
			.map((name) -> otherNames.getOrDefault(name, name))
			.toList();
	}

	static class Annotated {

		@StreamSubscriber(id = "orders",
				partitions = { @StreamPartition(topic = "a", partitions = "0-1"),
						@StreamPartition(topic = "b", partitions = "7", offset = "latest") },
				groupId = "group", clientId = "client", ordering = Ordering.KEY, concurrency = "3", maxRate = "4.5",
				consumers = "2", ackPolicy = AckPolicy.NACK_ON_ERROR, batch = true, maxRecords = "5", maxWait = "6s",
				unmatched = Unmatched.SKIP, reply = false, autoOffsetReset = "latest", autoStartup = "false",
				codec = "mine", contentType = "text/csv", interceptors = { "first", "second" },
				rebalanceListener = "listener", properties = "fetch.min.bytes=7")
		@Retry(attempts = "8", maxTime = "9m", delay = "10ms", multiplier = "1.1", maxDelay = "12s", jitter = "0.13",
				on = { IOException.class, IllegalStateException.class }, fatal = ArithmeticException.class,
				mode = RetryMode.TOPIC, topic = "later")
		@DeadLetter(enabled = false, topic = "dead", headers = DeadLetterHeaders.SPRING)
		@StreamPublisher(topic = "out", key = "#record.key()", partition = "1",
				headers = { "source=code", "kind=test" }, contentType = "text/xml", codec = "theirs",
				interceptors = "third")
		List<String> handle(List<String> bodies) {
			return bodies;
		}

	}

}
