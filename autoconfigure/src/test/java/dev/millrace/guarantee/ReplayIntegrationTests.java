package dev.millrace.guarantee;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.StreamRecord;
import dev.millrace.StreamSubscribers;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.deadletter.DeadLetter;
import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetterPage;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.RecordPosition;
import dev.millrace.deadletter.Replay;
import dev.millrace.deadletter.ReplayEntry;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Dead letters are looked at and replayed.
 */
@Timeout(180)
class ReplayIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("replay-in", 2);

	private final String log = TestCluster.newName("replays");

	private final TestApplication application = start();

	private final Repaired handler = this.application.bean(Repaired.class);

	private final DeadLetters letters = this.application.bean(DeadLetters.class);

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void pagesHaveEachDeadLetterOnce() {
		bury(7);

		List<DeadLetter> found = new ArrayList<>();
		RecordPosition from = null;
		do {
			DeadLetterPage page = this.letters.find("repaired", DeadLetterFilter.OPEN, from, 3);
			assertThat(page.letters()).hasSizeBetween(1, 3);
			found.addAll(page.letters());
			from = page.next();
		}
		while (from != null);

		assertThat(found).extracting((letter) -> TestCluster.text(letter.record().value()))
			.containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6");
		assertThat(found).isSortedAccordingTo((a, b) -> a.position().compareTo(b.position())).allSatisfy((letter) -> {
			assertThat(letter.origin().record().topic()).isEqualTo(this.in);
			assertThat(letter.origin().record().partition()).isEqualTo(letter.record().partition());
			assertThat(letter.origin().subscriber()).isEqualTo("repaired");
			assertThat(letter.origin().exception()).isEqualTo(IllegalStateException.class.getName());
			assertThat(letter.origin().attempts()).isEqualTo(1);
			assertThat(letter.replayed()).isFalse();
		});
	}

	@Test
	void deadLettersAreFoundByWhatTheyAre() {
		bury(3);
		DeadLetter one = find(DeadLetterFilter.OPEN).get(1);

		assertThat(find(DeadLetterFilter.of("IllegalState"))).hasSize(3);
		assertThat(find(DeadLetterFilter.of("broken"))).hasSize(3);
		assertThat(find(DeadLetterFilter.of("NullPointer"))).isEmpty();
		assertThat(find(DeadLetterFilter.of(Set.of(one.position())))).extracting(DeadLetter::position)
			.containsExactly(one.position());
		assertThat(find(new DeadLetterFilter(null, "key-2", null, null, Set.of(), false))).hasSize(1);
		Instant time = Instant.now().plusSeconds(60);
		assertThat(find(new DeadLetterFilter(null, null, time, null, Set.of(), false))).isEmpty();
		assertThat(find(new DeadLetterFilter(null, null, null, time, Set.of(), false))).hasSize(3);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.letters.find("nobody", DeadLetterFilter.OPEN, null, 1))
			.withMessageContaining("'nobody'")
			.withMessageContaining("repaired");
	}

	@ParameterizedTest
	@EnumSource(DeadLetterHeaders.class)
	void whatIsReplayedIsHandledAsItCame(DeadLetterHeaders form) {
		String id = (form == DeadLetterHeaders.SPRING) ? "springs" : "repaired";
		String topic = (form == DeadLetterHeaders.SPRING) ? this.in + "-springs" : this.in;
		ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, 1, null, TestCluster.bytes("k"),
				TestCluster.bytes("body"));
		sent.headers().add("color", TestCluster.bytes("red"));
		this.cluster.send(sent);
		await().until(() -> this.letters.find(id, DeadLetterFilter.OPEN, null, 10).letters().size() == 1);
		RecordPosition position = this.letters.find(id, DeadLetterFilter.OPEN, null, 1).letters().get(0).position();
		this.handler.broken = false;

		Replay replay = done(this.letters.replay(ReplayRequest.of(id).withBy("ann")));

		assertThat(replay.replayed()).isEqualTo(1);
		await().until(() -> this.handler.handled.size() == 1);
		StreamRecord handled = this.handler.handled.element();
		ConsumerRecord<byte[], byte[]> source = handled.source();
		assertThat(source.partition()).isEqualTo(1);
		assertThat(source.key()).isEqualTo(TestCluster.bytes("k"));
		assertThat(source.value()).isEqualTo(TestCluster.bytes("body"));
		assertThat(source.headers()).extracting((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.containsExactly("color=red", "dead-letter-replays=1");
		assertThat(this.letters.log(id)).singleElement().satisfies((entry) -> {
			assertThat(entry.letter()).isEqualTo(position.toString());
			assertThat(entry.replay()).isEqualTo(replay.id());
			assertThat(entry.by()).isEqualTo("ann");
			assertThat(entry.to()).isEqualTo(topic + "-1");
			assertThat(Instant.parse(entry.time())).isBetween(replay.began(), Instant.now());
		});
		assertThat(this.cluster.configuration(this.log, "cleanup.policy")).isEqualTo("compact");
	}

	@Test
	void nothingIsReplayedTwice() {
		bury(5);
		this.handler.broken = false;
		RecordPosition one = find(DeadLetterFilter.OPEN).get(2).position();

		assertThat(done(replay(DeadLetterFilter.of(Set.of(one)))).replayed()).isEqualTo(1);
		assertThat(find(DeadLetterFilter.OPEN)).hasSize(4);
		assertThat(done(replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(4);
		assertThat(done(replay(DeadLetterFilter.of(Set.of(one)))).replayed()).isZero();
		assertThat(done(replay(new DeadLetterFilter(null, null, null, null, Set.of(), true))).replayed()).isZero();
		assertThat(find(DeadLetterFilter.OPEN)).isEmpty();
		assertThat(find(new DeadLetterFilter(null, null, null, null, Set.of(), true))).hasSize(5)
			.allMatch(DeadLetter::replayed);
		await().until(() -> this.handler.handled.size() == 5);
		assertThat(this.cluster.values(this.in)).hasSize(10);
	}

	@Test
	void recordThatFailsAgainIsReplayedOnlySoOften() {
		bury(1);

		assertThat(done(replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(1);
		await().until(() -> find(DeadLetterFilter.OPEN).size() == 1);
		assertThat(find(DeadLetterFilter.OPEN).get(0).origin().replays()).isEqualTo(1);
		Replay second = done(this.letters.replay(ReplayRequest.of("repaired").withMaxReplays(1)));
		assertThat(second.replayed()).isZero();
		assertThat(second.exhausted()).isEqualTo(1);
		assertThat(find(DeadLetterFilter.OPEN)).hasSize(1);
		assertThat(done(this.letters.replay(ReplayRequest.of("repaired").withMaxReplays(2))).replayed()).isEqualTo(1);
	}

	@Test
	void handlerGetsTheRecordAsItWasPolled() {
		bury(4);
		List<ConsumerRecord<byte[], byte[]>> sent = this.cluster.read(this.in);
		this.handler.broken = false;

		Replay replay = done(toHandler());

		assertThat(replay.state()).isEqualTo(Replay.State.DONE);
		assertThat(replay.replayed()).isEqualTo(4);
		assertThat(this.handler.handled).extracting((record) -> describe(record.source()))
			.containsExactlyInAnyOrderElementsOf(
					sent.stream().map((record) -> describe(record) + "dead-letter-replays=1").toList());
		assertThat(this.cluster.read(this.in)).hasSize(4);
		assertThat(this.letters.log("repaired")).hasSize(4).extracting(ReplayEntry::to).containsOnly("handler");
		assertThat(done(toHandler()).replayed()).isZero();
	}

	@Test
	void recordThatItsHandlerRefusesAgainIsAnotherDeadLetter() {
		bury(2);

		assertThat(done(toHandler()).replayed()).isEqualTo(2);

		assertThat(find(DeadLetterFilter.OPEN)).hasSize(2).allSatisfy((letter) -> {
			assertThat(letter.origin().replays()).isEqualTo(1);
			assertThat(letter.origin().record().topic()).isEqualTo(this.in);
		});
	}

	@Test
	void handlerOfBatchesGetsBatches() {
		IntStream.range(0, 5).forEach((i) -> this.cluster.send(this.in + "-batches", "k", "" + i));
		await().until(() -> this.letters.find("batches", DeadLetterFilter.OPEN, null, 10).letters().size() == 5);
		this.handler.broken = false;
		this.handler.batches.clear();

		ReplayRequest request = ReplayRequest.of("batches").withTarget(ReplayRequest.Target.HANDLER);
		assertThat(done(this.letters.replay(request)).replayed()).isEqualTo(5);

		assertThat(this.handler.batches).contains(List.of("0", "1", "2", "3", "4"));
	}

	@Test
	void handlerThatIsStoppedOrHasTransactionsIsNotCalled() {
		bury(1);
		ReplayRequest exactlyOnce = ReplayRequest.of("transactional").withTarget(ReplayRequest.Target.HANDLER);
		assertThatIllegalArgumentException().isThrownBy(() -> this.letters.replay(exactlyOnce))
			.withMessageContaining("exactlyOnce");
		this.application.bean(StreamSubscribers.class).get("repaired").stop().toCompletableFuture().join();
		assertThatIllegalArgumentException().isThrownBy(this::toHandler).withMessageContaining("is stopped");
	}

	@Test
	void stopOfTheSubscriberEndsAReplayToItsHandler() {
		bury(20);
		this.handler.broken = false;
		Replay slow = this.letters
			.replay(ReplayRequest.of("repaired").withTarget(ReplayRequest.Target.HANDLER).withRate(5));
		await().until(() -> current(slow).replayed() > 0);

		this.application.bean(StreamSubscribers.class).get("repaired").stop().toCompletableFuture().join();

		assertThat(done(slow).state()).isEqualTo(Replay.State.CANCELLED);
		assertThat(this.handler.handled).hasSize((int) current(slow).replayed());
		assertThat(find(DeadLetterFilter.OPEN)).hasSize(20 - (int) current(slow).replayed()).isNotEmpty();
	}

	@Test
	void rateIsNotExceeded() {
		bury(20);
		this.handler.broken = false;

		assertThat(done(this.letters.replay(ReplayRequest.of("repaired").withRate(20))).replayed()).isEqualTo(20);

		List<Instant> times = this.letters.log("repaired")
			.stream()
			.map((entry) -> Instant.parse(entry.time()))
			.toList();
		// The last four of twenty are due when sixteen twentieths of a second are over.
		assertThat(Duration.between(Collections.min(times), Collections.max(times)))
			.isGreaterThanOrEqualTo(Duration.ofMillis(700));
	}

	@Test
	void cancelledReplayIsFinishedByAnother() {
		bury(10);
		this.handler.broken = false;
		Replay slow = this.letters.replay(ReplayRequest.of("repaired").withRate(1));
		await().until(() -> current(slow).replayed() > 0);

		this.letters.cancel(slow.id());

		assertThat(done(slow).state()).isEqualTo(Replay.State.CANCELLED);
		long left = 10 - current(slow).replayed();
		assertThat(done(replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(left).isPositive();
		assertThat(this.cluster.values(this.in)).hasSize(20);
		assertThatIllegalArgumentException().isThrownBy(() -> this.letters.cancel("no such"))
			.withMessageContaining("no such");
	}

	@Test
	void laterReplayTakesOver() {
		bury(10);
		this.handler.broken = false;
		Replay slow = this.letters.replay(ReplayRequest.of("repaired").withRate(2));
		await().until(() -> current(slow).replayed() > 0);

		assertThat(done(replay(DeadLetterFilter.OPEN)).state()).isEqualTo(Replay.State.DONE);

		assertThat(done(slow).state()).isEqualTo(Replay.State.FAILED);
		assertThat(current(slow).problem()).isEqualTo("Another replay of the subscriber has begun");
		assertThat(this.cluster.values(this.in)).hasSize(20);
	}

	@Test
	void otherSubscribersOfTheTopicKeepTheirs() {
		bury(2);
		await().until(() -> this.letters.find("other", DeadLetterFilter.OPEN, null, 10).letters().size() == 2);

		assertThat(find(DeadLetterFilter.OPEN)).hasSize(2);
		assertThat(done(replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(2);
		assertThat(this.letters.log("other")).isEmpty();
		assertThat(this.letters.log("repaired")).hasSize(2).extracting(ReplayEntry::by).containsOnlyNulls();
	}

	@Test
	void deathOfTheApplicationLosesAndDoublesNothing() throws Exception {
		this.handler.broken = true;
		int count = 3000;
		IntStream.range(0, count).forEach((i) -> this.cluster.sendLater(this.in, "key-" + i, "" + i));
		this.cluster.flush();
		await().atMost(Duration.ofSeconds(60)).until(() -> this.cluster.end(this.in + "-dlt") >= 2 * count);
		this.handler.broken = false;

		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), ReplayApplication.class.getName(),
				this.cluster.bootstrapServers(), this.in, this.log)
			.redirectOutput(new File("target/replay-application.log"))
			.redirectErrorStream(true)
			.start();
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.letters.log("repaired").size() > count / 10);
		process.destroyForcibly().waitFor();
		int before = this.letters.log("repaired").size();
		assertThat(before).as("replayed when it was killed").isLessThan(count);

		assertThat(done(replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(count - before);

		Map<String, Long> times = this.cluster.values(this.in)
			.stream()
			.collect(Collectors.groupingBy((value) -> value, Collectors.counting()));
		assertThat(times).hasSize(count).allSatisfy((value, often) -> assertThat(often).isEqualTo(2));
	}

	private TestApplication start() {
		List.of("-springs", "-batches", "-transactional")
			.forEach((suffix) -> this.cluster.create(this.in + suffix, 2, Map.of()));
		return TestApplication.start(Repaired.class, "in=" + this.in, "millrace.dead-letters.log=" + this.log,
				"spring.kafka.consumer.isolation-level=read_committed");
	}

	private void bury(int count) {
		IntStream.range(0, count).forEach((i) -> this.cluster.send(this.in, "key-" + i, "" + i));
		await().until(() -> find(DeadLetterFilter.OPEN).size() == count);
	}

	private List<DeadLetter> find(DeadLetterFilter filter) {
		return this.letters.find("repaired", filter, null, 1000).letters();
	}

	private Replay replay(DeadLetterFilter filter) {
		return this.letters.replay(ReplayRequest.of("repaired").withFilter(filter));
	}

	private Replay toHandler() {
		return this.letters.replay(ReplayRequest.of("repaired").withTarget(ReplayRequest.Target.HANDLER));
	}

	private static String describe(ConsumerRecord<byte[], byte[]> record) {
		StringBuilder text = new StringBuilder("%s-%d@%d %d %s=%s ".formatted(record.topic(), record.partition(),
				record.offset(), record.timestamp(), TestCluster.text(record.key()), TestCluster.text(record.value())));
		record.headers()
			.forEach((header) -> text.append(header.key()).append('=').append(TestCluster.text(header.value())));
		return text.toString();
	}

	private Replay done(Replay replay) {
		await().atMost(Duration.ofSeconds(60)).until(() -> current(replay).state() != Replay.State.RUNNING);
		return current(replay);
	}

	private Replay current(Replay replay) {
		return this.letters.replays()
			.stream()
			.filter((other) -> other.id().equals(replay.id()))
			.findFirst()
			.orElseThrow();
	}

	static class Repaired {

		final Queue<StreamRecord> handled = new ConcurrentLinkedQueue<>();

		final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();

		volatile boolean broken = true;

		@StreamSubscriber(topics = "${in}", id = "repaired", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		void handle(StreamRecord record) {
			work(record);
		}

		@StreamSubscriber(topics = "${in}-springs", id = "springs", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		@dev.millrace.annotation.DeadLetter(headers = DeadLetterHeaders.SPRING)
		void springs(StreamRecord record) {
			work(record);
		}

		@StreamSubscriber(topics = "${in}-batches", id = "batches", batch = true, maxWait = "100ms",
				ackPolicy = AckPolicy.REJECT_ON_ERROR)
		void batch(List<String> bodies) {
			this.batches.add(bodies);
			if (this.broken) {
				throw new IllegalStateException("broken");
			}
		}

		@StreamSubscriber(topics = "${in}-transactional", id = "transactional", exactlyOnce = true)
		void transactional(String body) {
		}

		@StreamSubscriber(topics = "${in}", id = "other", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		void other(String body) {
			throw new IllegalStateException("other");
		}

		private void work(StreamRecord record) {
			if (this.broken) {
				throw new IllegalStateException("broken");
			}
			this.handled.add(record);
		}

	}

}
