package dev.millrace.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is reported when retries and dead letters are declared where no subscriber is.
 */
class FailureSettingsStartupTests {

	@ParameterizedTest
	@ValueSource(classes = { RetryOfHandler.class, RetryAlone.class, DeadLetterOfHandler.class, DeadLetterAlone.class })
	void failureSettingsOfAMethodThatIsNoSubscriber(Class<?> type) {
		FailureAnalysis report = StartupFailure.of(type);

		String annotation = type.getSimpleName().startsWith("Retry") ? "@Retry" : "@DeadLetter";
		assertThat(report.getDescription()).startsWith(type.getSimpleName() + ".handle(String) of bean '")
			.endsWith("' has %s but no @StreamSubscriber, so that it is for no record.".formatted(annotation));
		assertThat(report.getAction())
			.isEqualTo("Put %s on the class: it is for all its subscribers that have none of their own. Or remove it."
				.formatted(annotation));
	}

	@StreamSubscriber("in")
	static class RetryOfHandler {

		@StreamHandler
		@Retry(attempts = "2")
		void handle(String body) {
		}

	}

	static class RetryAlone {

		@Retry(attempts = "2")
		void handle(String body) {
		}

	}

	@StreamSubscriber("in")
	static class DeadLetterOfHandler {

		@StreamHandler
		@DeadLetter(topic = "failed")
		void handle(String body) {
		}

	}

	static class DeadLetterAlone {

		@StreamSubscriber("in")
		void subscribe(String body) {
		}

		@DeadLetter(topic = "failed")
		void handle(String body) {
		}

	}

}
