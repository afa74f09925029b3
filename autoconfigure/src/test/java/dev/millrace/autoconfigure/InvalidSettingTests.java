package dev.millrace.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is reported when a setting is not valid.
 */
class InvalidSettingTests {

	@ParameterizedTest
	@CsvSource({ "concurrency,0", "concurrency,-1", "window.high,0", "window.low,-1", "window.low,1000",
			"retry.jitter,1.1", "retry.jitter,-0.1", "retry.jitter,NaN", "retry.multiplier,0.9",
			"auto-offset-reset,first", "auto-offset-reset,Earliest" })
	void valueThatIsOutOfRange(String name, String value) {
		for (String prefix : new String[] { "millrace.subscriber.", "millrace.subscribers.id." }) {
			FailureAnalysis report = StartupFailure.of(Handler.class, prefix + name + "=" + value);

			assertThat(report.getDescription()).startsWith("Subscriber 'id' (Handler.handle(String) of bean '")
				.endsWith(") has the invalid setting " + name + "=" + value + ".");
			assertThat(report.getAction()).startsWith("Set ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry.delay", "retry.max-delay", "commit-interval" })
	void durationThatIsNegative(String name) {
		FailureAnalysis report = StartupFailure.of(Handler.class, "millrace.subscriber." + name + "=-1ms");

		assertThat(report.getDescription()).startsWith("Subscriber 'id' (Handler.handle(String) of bean '")
			.endsWith(") has the invalid setting " + name + "=PT-0.001S.");
		assertThat(report.getAction()).isEqualTo("Set a duration from 0.");
	}

	@ParameterizedTest
	@CsvSource({ "concurrency,many,concurrency", "startup,yes,autoStartup", "property,=1,properties" })
	void textThatIsNoValueOfTheAttribute(String property, String value, String attribute) {
		FailureAnalysis report = StartupFailure.of(Handler.class, property + "=" + value);

		assertThat(report.getDescription()).contains("Handler.handle(String) of bean '", attribute, value);
		assertThat(report.getAction()).isNotEmpty();
	}

	@Test
	void severalOrderings() {
		FailureAnalysis report = StartupFailure.of(Orderings.class);

		assertThat(report.getDescription()).startsWith("Orderings.handle(String) of bean '")
			.endsWith("' has several values of ordering.");
	}

	@Test
	void propertyThatIsNoMemberOfAnEnum() {
		FailureAnalysis report = StartupFailure.of(Handler.class, "millrace.topics.missing=perhaps");

		assertThat(report.getDescription()).contains("millrace.topics.missing", "perhaps");
		assertThat(report.getAction()).contains("CREATE").contains("IGNORE");
	}

	static class Handler {

		@StreamSubscriber(topics = "in", id = "id", concurrency = "${concurrency:}", autoStartup = "${startup:}",
				properties = "${property:}")
		void handle(String body) {
		}

	}

	static class Orderings {

		@StreamSubscriber(topics = "in", ordering = { Ordering.KEY, Ordering.NONE })
		void handle(String body) {
		}

	}

}
