package dev.millrace.config;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.millrace.StreamSubscribers;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for settings of a subscriber that does not exist.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusedSettingsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class))
		.withUserConfiguration(Handler.class)
		.withPropertyValues("spring.application.name=app", "spring.kafka.listener.auto-startup=false",
				"millrace.topics.missing=ignore");

	@Test
	void settingsOfAnUnknownIdAreReportedWithTheIdsThatExist(CapturedOutput output) {
		this.runner
			.withPropertyValues("millrace.subscribers.ordres.concurrency=5",
					"millrace.subscribers.orders.concurrency=5")
			.run((context) -> assertThat(output).contains(
					"The settings millrace.subscribers.[ordres] are of no subscriber that exists now; there are [orders, "
							+ "orders-handle, shop.orders-handle]. An id with a dot needs brackets: millrace.subscribers.[a.b].concurrency"));
	}

	@Test
	void settingsOfAKnownIdAreNotReported(CapturedOutput output) {
		this.runner.withPropertyValues("millrace.subscribers.orders.concurrency=5")
			.run((context) -> assertThat(output).doesNotContain("of no subscriber"));
	}

	@ParameterizedTest
	@CsvSource({ "MILLRACE_SUBSCRIBERS_ORDERSHANDLE_CONCURRENCY, orders-handle",
			"MILLRACE_SUBSCRIBERS_SHOPORDERSHANDLE_CONCURRENCY, shop.orders-handle" })
	void settingsInTheEnvironmentAreOfTheIdWithTheirLettersAndDigits(String variable, String id,
			CapturedOutput output) {
		this.runner.withInitializer((context) -> environment(context, variable)).run((context) -> {
			assertThat(concurrency(context, id)).isEqualTo(50);
			assertThat(output).doesNotContain("of no subscriber");
		});
	}

	@ParameterizedTest
	@CsvSource({ "orders-handle, MILLRACE_SUBSCRIBERS_ORDERSHANDLE_CONCURRENCY, orders-handle",
			"[shop.orders-handle], MILLRACE_SUBSCRIBERS_SHOPORDERSHANDLE_CONCURRENCY, shop.orders-handle" })
	void environmentWinsOverFilesThatHaveTheIdItself(String name, String variable, String id, CapturedOutput output) {
		this.runner
			.withPropertyValues("millrace.subscribers.%s.concurrency=5".formatted(name),
					"millrace.subscribers.%s.window.high=70".formatted(name))
			.withInitializer((context) -> environment(context, variable))
			.run((context) -> {
				assertThat(concurrency(context, id)).isEqualTo(50);
				assertThat(output).doesNotContain("of no subscriber");
			});
	}

	private static void environment(ConfigurableApplicationContext context, String variable) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "50")));
	}

	private static int concurrency(ApplicationContext context, String id) {
		return context.getBean(StreamSubscribers.class).get(id).concurrency();
	}

	static class Handler {

		@StreamSubscriber(topics = "in", id = "orders")
		@StreamSubscriber(topics = "in", id = "orders-handle")
		@StreamSubscriber(topics = "in", id = "shop.orders-handle")
		void handle(String body) {
		}

	}

}
