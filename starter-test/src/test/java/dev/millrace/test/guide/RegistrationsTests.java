package dev.millrace.test.guide;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test that the documentation shows.
 */
@StreamTest
class RegistrationsTests {

	@Autowired
	private StreamTestKit kit;

	@Test
	void registers() {
		this.kit.publish("in-topic", "1", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.topic("out-topic")).hasRecord().withKey("1").withBody("User: 1 - John registered").once();
		assertThat(this.kit.subscriber("registrations")).wasCalledWith("John", 1).committed();
	}

	@Test
	void recordThatCanNotBeReadIsADeadLetter() {
		this.kit.publish("in-topic", "no user");

		assertThat(this.kit.subscriber("registrations")).wasNotCalled().committed().deadLettered().withBody("no user");
		assertThat(this.kit.topic("out-topic")).isEmpty();
	}

	@SpringBootApplication
	@Import(Registrations.class)
	static class Application {

	}

	static class Registrations {

		@StreamSubscriber(topics = "in-topic", id = "registrations")
		@StreamPublisher("out-topic")
		String handle(String user, int userId) {
			return "User: " + userId + " - " + user + " registered";
		}

	}

}
