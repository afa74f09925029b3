package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.Ordering;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.StreamCodec;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the precedence of every setting: override, annotation, default, Millrace's.
 */
class SubscriberSettingsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class))
		.withBean("beans", Handlers.class)
		.withBean("one", StreamCodec.class, SubscriberSettingsTests::codec)
		.withBean("two", StreamCodec.class, SubscriberSettingsTests::codec)
		.withBean("three", StreamCodec.class, SubscriberSettingsTests::codec)
		.withPropertyValues("spring.application.name=app", "spring.kafka.listener.auto-startup=false",
				"millrace.topics.missing=ignore");

	@ParameterizedTest
	@MethodSource("settings")
	void overrideWinsOverAnnotationOverDefaultOverBuiltIn(Setting setting) {
		assertThat(read(setting, "plain")).isEqualTo(setting.builtIn());

		String byDefault = "millrace.subscriber." + setting.name() + "=" + setting.byDefault();
		assertThat(read(setting, "plain", byDefault)).isEqualTo(setting.byDefault());
		assertThat(read(setting, "annotated", byDefault))
			.isEqualTo((setting.annotated() != null) ? setting.annotated() : setting.byDefault());

		String override = "." + setting.name() + "=" + setting.override();
		assertThat(read(setting, "plain", byDefault, "millrace.subscribers.plain" + override))
			.isEqualTo(setting.override());
		assertThat(read(setting, "annotated", byDefault, "millrace.subscribers.annotated" + override))
			.isEqualTo(setting.override());
		assertThat(read(setting, "plain", byDefault, "millrace.subscribers.annotated" + override))
			.isEqualTo(setting.byDefault());
	}

	static Stream<Setting> settings() {
		return Stream.of(
				new Setting("group-id", (endpoint) -> endpoint.consumer().groupId(), "app.plain", "annotated", "a",
						"b"),
				new Setting("client-id", (endpoint) -> endpoint.consumer().clientId(), null, "annotated", "a", "b"),
				new Setting("auto-offset-reset", property("auto.offset.reset"), null, "none", "latest", "earliest"),
				new Setting("auto-startup", (endpoint) -> endpoint.consumer().autoStartup(), null, true, false, false),
				new Setting("ordering", (endpoint) -> endpoint.flow().ordering(), Ordering.PARTITION, Ordering.KEY,
						Ordering.NONE, Ordering.PARTITION),
				new Setting("concurrency", (endpoint) -> endpoint.flow().concurrency(), 10, 3, 4, 5),
				new Setting("properties.fetch.min.bytes", property("fetch.min.bytes"), null, "3", "4", "5"),
				new Setting("commit-interval", (endpoint) -> endpoint.flow().commitInterval(), Duration.ofMillis(200),
						null, Duration.ofSeconds(4), Duration.ofSeconds(5)),
				new Setting("window.high", (endpoint) -> endpoint.flow().windowHigh(), 1000, null, 40, 50),
				new Setting("window.low", (endpoint) -> endpoint.flow().windowLow(), 500, null, 0, 5),
				new Setting("consumers", (endpoint) -> endpoint.consumer().consumers(), null, null, 2, 3),
				new Setting("max-rate", (endpoint) -> endpoint.flow().maxRate(), null, null, 0.5, 100.0),
				new Setting("stall-timeout", (endpoint) -> endpoint.flow().stallTimeout(), Duration.ofMinutes(5), null,
						Duration.ofSeconds(4), Duration.ofSeconds(5)),
				new Setting("ack-policy", (endpoint) -> endpoint.delivery().ackPolicy(), AckPolicy.ACK_ON_SUCCESS,
						AckPolicy.ACK, AckPolicy.ACK_FIRST, AckPolicy.REJECT_ON_ERROR),
				new Setting("codec", (endpoint) -> endpoint.body().codec(), null, "one", "two", "three"),
				new Setting("content-type", (endpoint) -> endpoint.body().contentType(), null, "text/plain",
						"application/json", "application/octet-stream"),
				new Setting("retry.attempts", (endpoint) -> endpoint.delivery().retry().attempts(), 10, 5, 6, 7),
				new Setting("retry.max-time", (endpoint) -> endpoint.delivery().retry().maxTime(), null, null,
						Duration.ofSeconds(4), Duration.ofSeconds(5)),
				new Setting("retry.fatal", SubscriberSettingsTests::fatal, null, null, "java.io.IOException",
						"java.lang.IllegalStateException"),
				new Setting("dead-letter.topic", (endpoint) -> endpoint.delivery().deadLetter().topic(), null, "lost",
						"a", "b"),
				new Setting("dead-letter.enabled", (endpoint) -> endpoint.delivery().deadLetter().enabled(), true, null,
						false, true),
				new Setting("dead-letter.headers", (endpoint) -> endpoint.delivery().deadLetter().headers(),
						DeadLetterHeaders.TEXT, null, DeadLetterHeaders.SPRING, DeadLetterHeaders.TEXT),
				new Setting("retry.delay", (endpoint) -> endpoint.delivery().retry().backoff().delay(),
						Duration.ofSeconds(1), null, Duration.ofSeconds(4), Duration.ofSeconds(5)),
				new Setting("retry.multiplier", (endpoint) -> endpoint.delivery().retry().backoff().multiplier(), 2.0,
						null, 1.0, 5.0),
				new Setting("retry.max-delay", (endpoint) -> endpoint.delivery().retry().backoff().maxDelay(),
						Duration.ofSeconds(30), null, Duration.ofSeconds(4), Duration.ofSeconds(5)),
				new Setting("retry.jitter", (endpoint) -> endpoint.delivery().retry().backoff().jitter(), 0.2, null,
						0.0, 1.0));
	}

	private static StreamCodec codec() {
		return (record, target) -> null;
	}

	private static Object fatal(SubscriberEndpoint endpoint) {
		return endpoint.delivery().retry().failures().fatal().stream().findFirst().map(Class::getName).orElse(null);
	}

	@Test
	void offsetResetOfTheOverrideWinsOverAPropertyOfTheAnnotation() {
		assertThat(read("raw", property("auto.offset.reset"))).isEqualTo("latest");
		assertThat(read("raw", property("auto.offset.reset"), "millrace.subscriber.auto-offset-reset=none"))
			.isEqualTo("latest");
		assertThat(read("raw", property("auto.offset.reset"), "millrace.subscribers.raw.auto-offset-reset=none"))
			.isEqualTo("none");
	}

	@Test
	void lowMarkFollowsTheHighMark() {
		assertThat(read("plain", (endpoint) -> endpoint.flow().windowLow(), "millrace.subscriber.window.high=7"))
			.isEqualTo(3);
	}

	@Test
	void drainTimeoutIsThatOfTheApplication() {
		assertThat(read("plain", (endpoint) -> endpoint.flow().drainTimeout(), "millrace.shutdown.timeout=3s"))
			.isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void groupOfTheApplicationsConsumersIsTheLastButOneResort() {
		assertThat(read("plain", (endpoint) -> endpoint.consumer().groupId(), "spring.kafka.consumer.group-id=shared"))
			.isEqualTo("shared");
		assertThat(read("plain", (endpoint) -> endpoint.consumer().groupId(), "spring.kafka.consumer.group-id=shared",
				"millrace.subscriber.group-id=own"))
			.isEqualTo("own");
	}

	private @Nullable Object read(Setting setting, String id, String... properties) {
		return read(id, setting.read(), properties);
	}

	private @Nullable Object read(String id, Function<SubscriberEndpoint, @Nullable Object> read,
			String... properties) {
		Object[] value = new Object[1];
		this.runner.withPropertyValues(properties).run((context) -> {
			SubscriberEndpoint endpoint = context.getBean(EndpointRegistry.class).find(id);
			value[0] = read.apply(endpoint);
		});
		return value[0];
	}

	private static Function<SubscriberEndpoint, @Nullable Object> property(String name) {
		return (endpoint) -> endpoint.consumer().properties().get(name);
	}

	/**
	 * Setting and its values.
	 */
	record Setting(String name, Function<SubscriberEndpoint, @Nullable Object> read, @Nullable Object builtIn,
			@Nullable Object annotated, Object byDefault, Object override) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static class Handlers {

		@StreamSubscriber(topics = "in", id = "plain")
		void plain(String body) {
		}

		@StreamSubscriber(topics = "in", id = "annotated", groupId = "annotated", clientId = "annotated",
				autoOffsetReset = "none", autoStartup = "true", ordering = Ordering.KEY, concurrency = "3",
				ackPolicy = AckPolicy.ACK, codec = "one", contentType = "text/plain", properties = "fetch.min.bytes=3")
		@Retry(attempts = "5")
		@DeadLetter(topic = "lost")
		void annotated(String body) {
		}

		@StreamSubscriber(topics = "in", id = "raw", properties = "auto.offset.reset=latest")
		void raw(String body) {
		}

	}

}
