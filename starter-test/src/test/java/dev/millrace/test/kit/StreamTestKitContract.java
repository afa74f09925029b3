package dev.millrace.test.kit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.NotSettledError;
import dev.millrace.test.StreamTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What {@link StreamTestKit} does, on whatever broker.
 */
abstract class StreamTestKitContract {

	@Autowired
	private StreamTestKit kit;

	@Test
	void resultIsPublishedAndEverythingIsCommitted() {
		this.kit.publish("in", "1", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.topic("out")).hasRecords(1)
			.hasRecord()
			.withKey("1")
			.withBody("User: 1 - John registered")
			.once();
		assertThat(this.kit.subscriber("register")).wasCalledWith("John", 1).wasCalled(1).committed();
	}

	@Test
	void bodiesAreComparedAsValues() {
		this.kit.publish("in", Map.of("user", "Jane", "userId", 2));

		assertThat(this.kit.topic("in")).hasRecord().withBody(Map.of("userId", 2, "user", "Jane"));
		assertThatThrownBy(() -> assertThat(this.kit.topic("in")).hasRecord().withBody(Map.of("user", "John")))
			.isInstanceOf(AssertionError.class)
			.hasMessageContaining("Expected in in a record with the body {user=John}")
			.hasMessageContaining("Jane");
	}

	@Test
	void testSeesNothingOfThoseBefore() {
		assertThat(this.kit.topic("out")).isEmpty();
		assertThat(this.kit.subscriber("register")).wasNotCalled();
	}

	@Test
	void consequencesOfConsequencesAreWaitedFor() {
		this.kit.publish("numbers", 5);

		assertThat(this.kit.topic("numbers")).hasRecords(6).hasRecord().withBody(0);
		assertThat(this.kit.subscriber("countdown")).wasCalled(6).committed();
	}

	@Test
	void retriesTakeNoTimeAndEndInADeadLetter() {
		long begin = System.nanoTime();
		this.kit.publish("poison", Response.of("x").withKey("k").withHeader("h", "v"));

		assertThat(System.nanoTime() - begin).isLessThan(8_000_000_000L);
		assertThat(this.kit.subscriber("failing")).wasCalled(4)
			.committed()
			.deadLettered()
			.withKey("k")
			.withBody("x")
			.withHeader("h", "v")
			.once();
	}

	@Test
	void whatDoesNotSettleIsNamed() {
		this.kit.send("never", "x");
		assertThatThrownBy(() -> this.kit.settle(Duration.ofMillis(300))).isInstanceOf(NotSettledError.class)
			.hasMessageContaining("Subscriber 'never'");
	}

	@SpringBootApplication
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		@StreamSubscriber(topics = "in", id = "register")
		@StreamPublisher("out")
		String register(String user, int userId) {
			return "User: " + userId + " - " + user + " registered";
		}

		@StreamSubscriber(topics = "numbers", id = "countdown")
		List<Response<Integer>> count(int number) {
			return (number > 0) ? List.of(Response.of(number - 1).withTopic("numbers")) : List.of();
		}

		@StreamSubscriber(topics = "poison", id = "failing")
		@Retry(attempts = "4", delay = "10m")
		void fail(StreamRecord record) {
			throw new IllegalStateException("Attempt " + record.attempt());
		}

		@StreamSubscriber(topics = "never", id = "never", ackPolicy = AckPolicy.MANUAL)
		void never(String body, Acknowledgment acknowledgment) {
			// Nobody ever decides about the record.
		}

	}

}
