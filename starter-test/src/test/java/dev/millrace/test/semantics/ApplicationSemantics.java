package dev.millrace.test.semantics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import dev.millrace.Acknowledgment;
import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.config.EngineTime;
import dev.millrace.test.HandlerCall;
import dev.millrace.test.NotSettledError;
import dev.millrace.test.StreamTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What an application is promised, through the test kit: the same on each broker.
 */
abstract class ApplicationSemantics {

	private static final Duration NOT_LONG = Duration.ofMillis(500);

	@Autowired
	private StreamTestKit kit;

	@Autowired
	private SemanticsApplication application;

	@Autowired
	private EngineTime time;

	@BeforeEach
	void reset() {
		this.application.reset();
	}

	@Test
	void partitionIsHandledInItsOrderOverRetries() {
		Stream.of("1", "again 2", "3", "again 4", "5").forEach((body) -> send("ordered", body, body));
		this.kit.settle();

		assertThat(bodies("ordered")).containsExactly("1", "again 2", "again 2", "3", "again 4", "again 4", "5");
		assertThat(this.kit.subscriber("ordered")).committed().hasNoDeadLetters();
	}

	@Test
	void keysAreHandledBesideEachOtherAndEachInItsOrder() {
		send("keyed", "a", "waits");
		send("keyed", "a", "behind");
		send("keyed", "b", "other");
		this.kit.settle();

		assertThat(bodies("keyed")).containsExactlyInAnyOrder("waits", "behind", "other")
			.containsSubsequence("waits", "behind");
		assertThat(this.kit.subscriber("keyed")).committed();
	}

	@Test
	void withoutOrderRecordsPassEachOther() {
		send("unordered", "a", "waits");
		send("unordered", "a", "other");
		this.kit.settle();

		assertThat(bodies("unordered")).containsExactlyInAnyOrder("other", "waits");
		assertThat(this.kit.subscriber("unordered")).committed();
	}

	@Test
	void recordThatIsNotFinishedHoldsUpTheCommitOfThoseBehindIt() {
		Stream.of("1", "2", "3").forEach((body) -> send("manual", null, body));
		awaitNothing();
		this.application.acknowledgments.get("1").ack();
		this.application.acknowledgments.get("3").ack();
		awaitNothing();

		assertThat(this.kit.subscriber("manual")).committedUpTo(this.kit.topic("manual").records().get(0));

		this.application.acknowledgments.get("2").ack();
		this.kit.settle();

		assertThat(this.kit.subscriber("manual")).committed()
			.wasCalled(3)
			.committedUpTo(this.kit.topic("manual").records().get(2));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void afterACrashAllThatWasNotCommittedIsHandledAgain(int handled) {
		this.kit.faults().crashAfter(handled);
		IntStream.range(0, 5).forEach((number) -> send("crashing", null, "" + number));
		this.kit.settle();

		List<String> all = IntStream.concat(IntStream.range(0, handled), IntStream.range(0, 5))
			.mapToObj((number) -> "" + number)
			.toList();
		assertThat(bodies("crashing")).isEqualTo(all);
		assertThat(this.kit.subscriber("crashing")).committed();
		assertThat(this.kit.topic("crashing-out").records()).extracting(StreamRecord::body)
			.extracting(Object::toString)
			.isEqualTo(all);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void afterACrashEachResultIsThereOnceIfItWasInATransaction(int handled) {
		this.kit.faults().crashAfter(handled);
		IntStream.range(0, 5).forEach((number) -> send("exact", null, "" + number));
		this.kit.settle();

		assertThat(this.kit.topic("exact-out").records()).extracting(StreamRecord::body)
			.extracting(Object::toString)
			.containsExactly("0", "1", "2", "3", "4");
		assertThat(this.kit.subscriber("exact")).committed();
	}

	@Test
	void afterACrashWhatWasCommittedFirstIsNotHandledAgain() {
		this.kit.faults().crashAfter(1);
		this.kit.publish("first", "1");
		this.kit.publish("first", "2");

		assertThat(bodies("first")).containsExactly("1", "2");
		assertThat(this.kit.subscriber("first")).committed();
	}

	@Test
	void workInHandIsCutOffByACrash() {
		Stream.of("1", "2").forEach((body) -> send("manual", null, body));
		awaitNothing();
		List<Acknowledgment> old = List.copyOf(this.application.acknowledgments.values());
		this.kit.faults().crash();
		awaitNothing();
		old.forEach(Acknowledgment::ack);
		awaitNothing();

		assertThat(bodies("manual")).containsExactlyInAnyOrder("1", "2", "1", "2");
		assertThat(this.kit.subscriber("manual").uncommitted()).isNotEmpty();

		this.application.acknowledgments.values().forEach(Acknowledgment::ack);
		this.kit.settle();
		assertThat(this.kit.subscriber("manual")).wasCalled(4).committed();
	}

	@Test
	void whatTheOldLifeStillSendsAfterACrashGoesNowhere() throws InterruptedException {
		send("late", null, "1");
		assertThat(this.application.begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.application.crashed = true;
		this.kit.faults().crash();
		this.kit.settle();

		assertThat(this.kit.topic("late-out").records()).extracting((record) -> record.body(String.class))
			.containsExactlyInAnyOrder("sent by the new life", "returned by the new life");
		assertThat(this.kit.subscriber("late")).wasCalled(2).committed();
	}

	@Test
	void rebalanceTakesPartitionsAway() {
		this.kit.publish("keyed", "1");
		this.kit.faults().rebalance("keyed");

		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.application.revoked).isNotEmpty()
				.allSatisfy((partition) -> assertThat(partition.topic()).isEqualTo("keyed")));
		// They come back before the next test begins.
		IntStream.range(0, 3)
			.forEach((partition) -> this.kit.send("keyed", Response.of("back").withPartition(partition)));
		this.kit.settle();
		assertThat(this.kit.subscriber("keyed")).wasCalledWith("back").committed();
	}

	@Test
	void rebalanceLosesNothing() {
		for (int number = 0; number < 30; number++) {
			send("keyed", "key" + number % 5, "" + number);
			if (number == 15) {
				this.kit.faults().rebalance("keyed");
			}
		}
		this.kit.settle();

		assertThat(bodies("keyed").stream().distinct())
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 30).mapToObj((number) -> "" + number).toList());
		for (int key = 0; key < 5; key++) {
			int own = key;
			assertThat(bodies("keyed").stream().distinct().map(Integer::valueOf).filter((number) -> number % 5 == own))
				.isSorted();
		}
		assertThat(this.kit.subscriber("keyed")).committed();
	}

	@Test
	void retriesWaitAndEndInADeadLetterThatSaysWhy() {
		this.kit.publish("retried", Response.of("body").withKey("key").withHeader("own", "header"));

		List<Duration> waits = IntStream.range(1, this.application.attempts.size())
			.mapToObj((attempt) -> Duration.between(this.application.attempts.get(attempt - 1),
					this.application.attempts.get(attempt)))
			.toList();
		assertThat(waits).hasSize(2);
		assertThat(waits.get(0)).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
		assertThat(waits.get(1)).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(22));
		StreamRecord source = this.kit.topic("retried").records().get(0);
		StreamRecord letter = assertThat(this.kit.subscriber("retried")).threw(IllegalStateException.class)
			.committed()
			.deadLettered()
			.withKey("key")
			.withBody("body")
			.withHeader("own", "header")
			.once()
			.get();
		assertThat(letter.headers().values()).contains("retried", "" + source.offset(), "Never",
				IllegalStateException.class.getName());
		assertThat(this.kit.subscriber("retried").calls()).extracting((call) -> call.attempt())
			.containsExactly(1, 2, 3);
	}

	@Test
	void retriesWaitForTheNextTransaction() {
		this.kit.publish("flaky", "a");

		assertThat(this.kit.topic("flaky-out")).hasRecord().withBody("a").once();
		assertThat(this.kit.subscriber("flaky")).wasCalled(3).committed().hasNoDeadLetters();
		assertThat(Duration.between(this.application.attempts.get(0), this.application.attempts.get(2)))
			.isBetween(Duration.ofMinutes(20), Duration.ofMinutes(22));
	}

	@Test
	void transactionThatCouldNotBeCommittedIsTakenBack() {
		this.kit.faults().failNextSend("exact-out");
		this.kit.faults().failNextCommits("exact", 1);
		Stream.of("1", "2", "3").forEach((body) -> send("exact", null, body));
		this.kit.settle();

		assertThat(this.kit.topic("exact-out").records()).extracting(StreamRecord::body)
			.extracting(Object::toString)
			.containsExactly("1", "2", "3");
		assertThat(this.kit.subscriber("exact")).committed().hasNoDeadLetters();
	}

	@Test
	void sendThatFailsIsRepeatedAndItsHandlerIsNot() {
		this.kit.faults().failNextSends("crashing-out", 2);
		this.kit.publish("crashing", "1");

		assertThat(this.kit.topic("crashing-out")).hasRecord().withBody(1).once();
		assertThat(this.kit.subscriber("crashing")).wasCalled(1).committed().hasNoDeadLetters();
	}

	@Test
	void handlerIsToldOfASendOfItsOwnThatFails() {
		this.kit.faults().failNextSends("sending-out", 1, new RecordTooLargeException("on purpose"));
		this.kit.publish("sending", "1");

		assertThat(this.kit.subscriber("sending").calls()).extracting(HandlerCall::attempt).containsExactly(1, 2);
		assertThat(this.kit.subscriber("sending").calls().get(0).failure())
			.hasRootCauseInstanceOf(RecordTooLargeException.class);
		assertThat(this.kit.topic("sending-out")).hasRecord().once();
	}

	@Test
	void transactionWhoseCommitFailsIsHandledAgain() {
		this.kit.faults().failNextCommits("exact", 1);
		this.kit.publish("exact", "1");

		assertThat(this.kit.subscriber("exact")).wasCalled(2).committed();
		assertThat(this.kit.topic("exact-out")).hasRecord().once();
	}

	@Test
	void commitThatFailsIsRepeated() {
		this.kit.faults().failNextCommits("crashing", 2);
		this.kit.publish("crashing", "1");

		assertThat(this.kit.subscriber("crashing")).wasCalled(1).committed();
	}

	@Test
	void slowBrokerHoldsUpOffsets() {
		Instant begin = this.time.instant();
		this.kit.faults().slowSends("crashing-out", Duration.ofHours(1));
		this.kit.publish("crashing", "1");

		assertThat(this.kit.topic("crashing-out")).hasRecord().once();
		assertThat(this.kit.subscriber("crashing")).wasCalled(1).committed().published().withBody(1).once();
		assertThat(Duration.between(begin, this.time.instant())).isBetween(Duration.ofHours(1), Duration.ofHours(2));
	}

	@Test
	void topicThatMatchesIsReadWhenItIsThere() {
		String topic = "eu.orders" + System.nanoTime();
		this.kit.send(topic, "1");
		this.kit.settle();

		assertThat(bodies("pattern")).containsExactly("1");
		assertThat(this.kit.subscriber("pattern")).committed();
	}

	@Test
	void groupsGetAllRecordsAndTheirMembersShareThem() {
		// A member that has just started may have to wait for the next rebalance.
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			IntStream.range(0, 20).forEach((number) -> send("shared", "key" + number, "" + number));
			this.kit.settle();
			return !bodies("left").isEmpty() && !bodies("right").isEmpty();
		});

		List<String> all = this.kit.topic("shared")
			.records()
			.stream()
			.map((record) -> new String(record.source().value()))
			.toList();
		assertThat(bodies("alone")).containsExactlyInAnyOrderElementsOf(all);
		assertThat(Stream.concat(bodies("left").stream(), bodies("right").stream()))
			.containsExactlyInAnyOrderElementsOf(all);
		assertThat(this.kit.subscriber("left")).committed();
	}

	private void send(String topic, String key, String body) {
		this.kit.send(topic, Response.of(body).withKey(key));
	}

	private void awaitNothing() {
		assertThatThrownBy(() -> this.kit.settle(NOT_LONG)).isInstanceOf(NotSettledError.class);
	}

	private List<String> bodies(String subscriber) {
		return this.kit.subscriber(subscriber)
			.calls()
			.stream()
			.map((call) -> new String(call.records().get(0).source().value()))
			.toList();
	}

}
