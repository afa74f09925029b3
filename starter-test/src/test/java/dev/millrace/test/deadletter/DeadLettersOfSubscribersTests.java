package dev.millrace.test.deadletter;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.DeadLetterHeaders;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscribers of one topic have their dead letters in one topic, too, and each sees its
 * own.
 */
@StreamTest
class DeadLettersOfSubscribersTests {

	@Autowired
	private StreamTestKit kit;

	@Test
	void deadLettersOfAnotherSubscriberAreNotItsOwn() {
		this.kit.publish("text", "failing");

		assertThat(this.kit.topic("text-dlt")).hasRecords(1);
		assertThat(this.kit.subscriber("failing")).deadLettered().withBody("failing").once();
		assertThat(this.kit.subscriber("working")).wasCalled(1).hasNoDeadLetters();
	}

	@Test
	void groupSaysWhoseADeadLetterWithSpringsHeadersIs() {
		this.kit.publish("spring", "spring-failing");

		assertThat(this.kit.topic("spring-dlt")).hasRecords(1);
		assertThat(this.kit.subscriber("spring-failing")).deadLettered().withBody("spring-failing").once();
		assertThat(this.kit.subscriber("spring-working")).wasCalled(1).hasNoDeadLetters();
	}

	@Test
	void headersOfBothFormsAreToldApart() {
		this.kit.publish("both", "both-text");
		assertThat(this.kit.subscriber("both-text")).deadLettered().once();
		assertThat(this.kit.subscriber("both-spring")).hasNoDeadLetters();

		this.kit.publish("both", "both-spring");
		assertThat(this.kit.subscriber("both-text").deadLetters()).hasRecords(1);
		assertThat(this.kit.subscriber("both-spring")).deadLettered().withBody("both-spring").once();
	}

	@Test
	void headersOfTheFirstFailureDoNotHideTheSecond() {
		this.kit.publish("twice", "twice-text");

		assertThat(this.kit.subscriber("twice-text")).deadLettered().once();
		assertThat(this.kit.subscriber("twice-spring")).deadLettered().once();
	}

	@Test
	void deadLettersWithoutHeadersCount() {
		this.kit.publish("text-dlt", "by hand");

		assertThat(this.kit.subscriber("failing")).deadLettered().withBody("by hand").once();
		assertThat(this.kit.subscriber("working")).deadLettered().withBody("by hand").once();
	}

	@SpringBootApplication
	@Import(Handlers.class)
	static class Application {

	}

	@Retry(attempts = "1")
	static class Handlers {

		@StreamSubscriber(topics = "text", id = "failing")
		void failing(String body) {
			fail(body, "failing");
		}

		@StreamSubscriber(topics = "text", id = "working")
		void working(String body) {
			fail(body, "working");
		}

		@StreamSubscriber(topics = "spring", id = "spring-failing")
		@DeadLetter(headers = DeadLetterHeaders.SPRING)
		void springFailing(String body) {
			fail(body, "spring-failing");
		}

		@StreamSubscriber(topics = "spring", id = "spring-working")
		@DeadLetter(headers = DeadLetterHeaders.SPRING)
		void springWorking(String body) {
			fail(body, "spring-working");
		}

		@StreamSubscriber(topics = "both", id = "both-text")
		void bothText(String body) {
			fail(body, "both-text");
		}

		@StreamSubscriber(topics = "both", id = "both-spring")
		@DeadLetter(headers = DeadLetterHeaders.SPRING)
		void bothSpring(String body) {
			fail(body, "both-spring");
		}

		@StreamSubscriber(topics = "twice", id = "twice-text")
		void twiceText(String body) {
			fail(body, "twice-text");
		}

		@StreamSubscriber(topics = "twice-dlt", id = "twice-spring")
		@DeadLetter(headers = DeadLetterHeaders.SPRING)
		void twiceSpring(String body) {
			throw new IllegalStateException("on purpose");
		}

		private static void fail(String body, String who) {
			if (body.equals(who)) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
