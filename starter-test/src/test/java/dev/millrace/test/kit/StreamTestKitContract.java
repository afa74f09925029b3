package dev.millrace.test.kit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.Ordering;
import dev.millrace.Response;
import dev.millrace.RetryMode;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.HandlerCall;
import dev.millrace.test.NotSettledError;
import dev.millrace.test.StreamTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What {@link StreamTestKit} does, on whatever broker.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class StreamTestKitContract {

	private static final Duration NOT_LONG = Duration.ofMillis(300);

	@Autowired
	private StreamTestKit kit;

	@Test
	@Order(1)
	void testMayEndBeforeARetryIsDue() {
		this.kit.send("poison", "left");

		await().untilAsserted(() -> assertThat(this.kit.subscriber("failing")).wasCalled(1));
	}

	@Test
	@Order(2)
	void retriesOfTheTestBeforeAreNotSeen() {
		this.kit.publish("in", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.subscriber("failing")).wasNotCalled().hasNoDeadLetters();
	}

	@Test
	@Order(3)
	void testMayEndWithARecordThatFailsForEver() {
		this.kit.send("endless", "left");

		assertThatThrownBy(() -> this.kit.settle(NOT_LONG)).isInstanceOf(NotSettledError.class);
	}

	@Test
	@Order(4)
	void recordThatFailsForEverIsNotSeenByTheNextTest() {
		this.kit.publish("in", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.subscriber("endless")).wasNotCalled();
		this.kit.advance(Duration.ofDays(1));
		this.kit.settle();
		assertThat(this.kit.subscriber("endless")).wasNotCalled();
	}

	@Test
	@Order(5)
	void subscriberGoesOnBehindWhatTheTestBeforeHasLeft() {
		assertThatThrownBy(() -> {
			this.kit.send("endless", "own");
			this.kit.settle(NOT_LONG);
		}).isInstanceOf(NotSettledError.class);

		assertThat(this.kit.subscriber("endless").calls()).isNotEmpty()
			.allSatisfy((call) -> assertThat(call.arguments()).containsExactly("own"));
	}

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
		assertThatThrownBy(() -> this.kit.settle(NOT_LONG)).isInstanceOf(NotSettledError.class)
			.hasMessageContaining("Subscriber 'never'");
	}

	@Test
	void callsShowWhatCameOfThem() {
		this.kit.publish("in", Response.of(Map.of("user", "Ann", "userId", 3)).withKey("k").withCorrelationId("id"));

		HandlerCall call = this.kit.subscriber("register").calls().get(0);
		assertThat(call.attempt()).isEqualTo(1);
		assertThat(call.records()).extracting(StreamRecord::key).containsExactly("k");
		assertThat(call.arguments()).containsExactly("Ann", 3);
		assertThat(call.result()).isEqualTo("User: 3 - Ann registered");
		assertThat(call.failure()).isNull();
		assertThat(call.published()).singleElement().satisfies((record) -> {
			assertThat(record.topic()).isEqualTo("out");
			assertThat(record.body(String.class)).isEqualTo("User: 3 - Ann registered");
			assertThat(record.header("correlation_id")).isEqualTo("id");
		});
		assertThat(this.kit.subscriber("register")).returned("User: 3 - Ann registered").published().withKey("k");
		assertThat(this.kit.subscriber("countdown").calls()).isEmpty();
	}

	@Test
	void failuresAndAttemptsAreShown() {
		this.kit.publish("poison", "x");

		assertThat(this.kit.subscriber("failing")).threw(IllegalStateException.class);
		assertThat(this.kit.subscriber("failing").calls()).extracting(HandlerCall::attempt).containsExactly(1, 2, 3, 4);
		assertThat(this.kit.subscriber("failing").calls()).allSatisfy((call) -> {
			assertThat(call.failure()).hasMessage("Attempt " + call.attempt());
			assertThat(call.published()).isEmpty();
		});
	}

	@Test
	void futuresAreShownAsWhatTheyBecome() {
		this.kit.publish("later", "good");
		this.kit.publish("later", "bad");

		assertThat(this.kit.subscriber("later")).returned("GOOD").threw(IllegalArgumentException.class);
		assertThat(this.kit.subscriber("later")).published().withBody("GOOD").once();
	}

	@Test
	void batchIsOneCallForItsRecords() {
		this.kit.publish("batched", "1");

		assertThat(this.kit.subscriber("batched")).wasCalledWith(List.of("1")).published().withBody("1 records");
		assertThat(this.kit.subscriber("batched").calls().get(0).records()).hasSize(1);
	}

	@Test
	void timeDoesNotPassWhileRecordsAreOnTheirWay() {
		List.of("1", "2", "3").forEach((body) -> this.kit.send("gathered", body));
		this.kit.settle();

		assertThat(this.kit.subscriber("gathered")).wasCalledWith(List.of("1", "2", "3")).wasCalled(1).committed();
	}

	@Test
	void timeDoesNotPassWhileResultsAreOnTheirWay() {
		List.of("1", "2", "3").forEach((body) -> this.kit.send("gathering", body));
		this.kit.settle();

		assertThat(this.kit.subscriber("gathered")).wasCalledWith(List.of("1", "2", "3")).wasCalled(1).committed();
	}

	@Test
	void timePassesForRetriesThatKeepTheOrder() {
		long begin = System.nanoTime();
		List.of("1", "2").forEach((body) -> this.kit.publish("ordered", "key", body));

		assertThat(System.nanoTime() - begin).isLessThan(8_000_000_000L);
		assertThat(this.kit.subscriber("ordered")).wasCalled(4).committed();
	}

	@Test
	void callsOfAMethodAreThoseOfOneOfItsSubscribers() {
		this.kit.publish("shared", "x");

		assertThat(this.kit.subscriber("one")).wasCalled(1).committed();
		assertThat(this.kit.subscriber("other")).wasCalled(1).committed();
	}

	@Test
	void crashThatWasToComeIsForgottenByOneThatComes() {
		this.kit.faults().crashAfter(1000);
		this.kit.faults().crashAfter(2000);
		this.kit.faults().crash();
		this.kit.publish("in", Map.of("user", "John", "userId", 1));

		assertThat(this.kit.subscriber("register")).wasCalled(1).committed();
	}

	@Test
	void whatHandlersSendThemselvesBelongsToTheirCalls() {
		this.kit.publish("sending", "body");

		assertThat(this.kit.subscriber("sending")).returned(null).published().withKey("own").withBody("body").once();
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

		@StreamSubscriber(topics = "later", id = "later")
		@StreamPublisher("later-out")
		@Retry(attempts = "1")
		CompletionStage<String> later(String body) {
			return CompletableFuture.supplyAsync(() -> {
				if (body.equals("bad")) {
					throw new IllegalArgumentException(body);
				}
				return body.toUpperCase(Locale.ROOT);
			});
		}

		@StreamSubscriber(topics = "batched", id = "batched", batch = true)
		@StreamPublisher("batched-out")
		String batch(List<String> bodies) {
			return bodies.size() + " records";
		}

		@StreamSubscriber(topics = "gathered", id = "gathered", batch = true, maxWait = "10m")
		void gather(List<String> bodies) {
			// Those that came together are looked at.
		}

		@StreamSubscriber(topics = "gathering", id = "gathering")
		@StreamPublisher("gathered")
		String passOn(String body) {
			return body;
		}

		@StreamSubscriber(topics = "ordered", id = "ordered", ordering = Ordering.KEY)
		@Retry(mode = RetryMode.TOPIC, keepOrder = true, topic = "ordered-again", delay = "10m")
		void ordered(StreamRecord record) {
			if (record.attempt() == 1) {
				throw new IllegalStateException("Attempt 1");
			}
		}

		@StreamSubscriber(topics = "shared", id = "one", groupId = "one")
		@StreamSubscriber(topics = "shared", id = "other", groupId = "other")
		void shared(String body) {
			// Who was called is looked at.
		}

		@StreamSubscriber(topics = "endless", id = "endless", ackPolicy = AckPolicy.NACK_ON_ERROR)
		void fail(String body) {
			throw new IllegalStateException("Again");
		}

		@StreamSubscriber(topics = "sending", id = "sending")
		void send(String body, StreamOperations stream) {
			stream.publish("sending-out", Response.of(body).withKey("own"));
		}

		@StreamSubscriber(topics = "never", id = "never", ackPolicy = AckPolicy.MANUAL)
		void never(String body, Acknowledgment acknowledgment) {
			// Nobody ever decides about the record.
		}

	}

}
