package dev.millrace.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.RetryMode;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Retry topics that can't work keep the application from starting, with a report that
 * names the method and says what to do.
 */
class RetryTopicStartupFailureTests {

	@ParameterizedTest
	@ValueSource(strings = { "ack", "ack_first", "reject_on_error" })
	void policyThatNeverRetries(String policy) {
		report(Plain.class, "policy " + policy.toUpperCase() + " no failure is ever retried",
				"Choose another ack policy", "millrace.subscriber.ack-policy=" + policy);
	}

	@Test
	void exactlyOnce() {
		report(Plain.class, "is to be exactly once", "Remove one of the two", "millrace.subscriber.exactly-once=true");
	}

	@Test
	void orderThatIsToBeKeptWithoutOne() {
		report(Plain.class, "its ordering is NONE", "KEY or PARTITION", "millrace.subscriber.ordering=none",
				"millrace.subscriber.retry.keep-order=true");
	}

	@Test
	void orderThatIsToBeKeptOfAPattern() {
		report(Matching.class, "takes a single topic, but subscribes to /other", "a subscriber for each topic",
				"millrace.subscriber.retry.keep-order=true", "pattern=other\\..*");
	}

	@Test
	void orderThatIsToBeKeptOfSeveralTopics() {
		report(Several.class, "takes a single topic, but subscribes to in, other", "a subscriber for each topic",
				"millrace.subscriber.retry.keep-order=true");
	}

	@Test
	void topicThatIsReadAsASource() {
		report(Plain.class, "reads its own retry topic 'in' as a source", "Name another retry topic",
				"millrace.subscriber.retry.topic=in");
	}

	@Test
	void patternThatMatchesTheRetryTopic() {
		report(Matching.class, "reads its own retry topic 'test.matching-retry' as a source",
				"Name another retry topic");
	}

	@Test
	void topicWithAnIllegalName() {
		report(Plain.class, "the retry topic 'a b'", "@Retry(topic", "millrace.subscriber.retry.topic=a b");
	}

	@Test
	void topicOfTwoSubscribers() {
		FailureAnalysis report = StartupFailure.of(Two.class, "millrace.subscriber.retry.topic=common");
		assertThat(report.getDescription()).contains("Subscriber 'one' (Two.one(String) of bean '",
				"Subscriber 'two' (Two.two(String) of bean '", "the same retry topic 'common'");
		assertThat(report.getAction()).contains("@Retry(topic");
	}

	@Test
	void idOfTheRetryContainerThatAnotherSubscriberHas() {
		FailureAnalysis report = StartupFailure.of(TakenId.class);
		assertThat(report.getDescription()).contains("Subscriber 'one' (TakenId.one(String) of bean '", "'one-retry'");
		assertThat(report.getAction()).contains("another id");
	}

	private static void report(Class<?> handler, String description, String action, String... properties) {
		FailureAnalysis report = StartupFailure.of(handler, properties);
		assertThat(report.getDescription()).contains("Subscriber '",
				handler.getSimpleName() + ".handle(String) of bean '", description);
		assertThat(report.getAction()).contains(action);
	}

	@Retry(mode = RetryMode.TOPIC)
	static class Plain {

		@StreamSubscriber(topics = "in", id = "plain")
		void handle(String body) {
		}

	}

	static class Matching {

		@StreamSubscriber(pattern = "${pattern:test\\..*}", id = "matching")
		@Retry(mode = RetryMode.TOPIC)
		void handle(String body) {
		}

	}

	@Retry(mode = RetryMode.TOPIC)
	static class Several {

		@StreamSubscriber(topics = { "in", "other" }, id = "several")
		void handle(String body) {
		}

	}

	@Retry(mode = RetryMode.TOPIC)
	static class Two {

		@StreamSubscriber(topics = "in", id = "one")
		void one(String body) {
		}

		@StreamSubscriber(topics = "in", id = "two")
		void two(String body) {
		}

	}

	static class TakenId {

		@StreamSubscriber(topics = "in", id = "one")
		@Retry(mode = RetryMode.TOPIC)
		void one(String body) {
		}

		@StreamSubscriber(topics = "in", id = "one-retry")
		void two(String body) {
		}

	}

}
