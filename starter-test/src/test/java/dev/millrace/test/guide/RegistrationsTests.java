package dev.millrace.test.guide;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.StreamRecord;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.HandlerCall;
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

	@Test
	void showsWhatCameOfACall() {
		this.kit.publish("in-topic", "1", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.subscriber("registrations")).returned("User: 1 - John registered")
			.published()
			.withKey("1")
			.once();
		HandlerCall call = this.kit.subscriber("registrations").calls().get(0);
		assertThat(call.attempt()).isEqualTo(1);
		assertThat(call.published()).extracting(StreamRecord::topic).containsExactly("out-topic");
	}

	@Test
	void sendsAgainWhatTheBrokerHasNotTaken() {
		this.kit.faults().failNextSend("out-topic");
		this.kit.publish("in-topic", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.subscriber("registrations")).wasCalled(1).committed();
		assertThat(this.kit.topic("out-topic")).hasRecords(1);
	}

	@Test
	void handlesAgainWhatWasNotCommittedBeforeACrash() {
		this.kit.faults().crashAfter(2);
		for (int user = 1; user <= 3; user++) {
			this.kit.send("in-topic", Map.of("user", "John", "userId", user));
		}
		this.kit.settle();

		assertThat(this.kit.subscriber("registrations")).wasCalled(5).committed();
		assertThat(this.kit.topic("out-topic")).hasRecords(5);
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
