package dev.millrace.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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
					"The settings millrace.subscribers.[ordres] are of no subscriber that exists now; there are [orders]"));
	}

	@Test
	void settingsOfAKnownIdAreNotReported(CapturedOutput output) {
		this.runner.withPropertyValues("millrace.subscribers.orders.concurrency=5")
			.run((context) -> assertThat(output).doesNotContain("of no subscriber"));
	}

	static class Handler {

		@StreamSubscriber(topics = "in", id = "orders")
		void handle(String body) {
		}

	}

}
