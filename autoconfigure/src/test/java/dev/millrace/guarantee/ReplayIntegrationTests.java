package dev.millrace.guarantee;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.DeadLetterHeaders;
import dev.millrace.StreamRecord;
import dev.millrace.StreamSubscribers;
import dev.millrace.deadletter.DeadLetter;
import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetterPage;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.RecordPosition;
import dev.millrace.deadletter.Replay;
import dev.millrace.deadletter.ReplayEntry;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Dead letters are looked at and replayed.
 */
@Timeout(180)
class ReplayIntegrationTests {

	private final ReplayBench bench = new ReplayBench();

	private final TestCluster cluster = this.bench.cluster;

	private final String in = this.bench.in;

	private final Repaired handler = this.bench.handler;

	private final DeadLetters letters = this.bench.letters;

	@AfterEach
	void stop() {
		this.bench.close();
	}

	@Test
	void pagesHaveEachDeadLetterOnce() {
		this.bench.bury(7);

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
		this.bench.bury(3);
		DeadLetter one = this.bench.find(DeadLetterFilter.OPEN).get(1);

		assertThat(this.bench.find(DeadLetterFilter.of("IllegalState"))).hasSize(3);
		assertThat(this.bench.find(DeadLetterFilter.of("broken"))).hasSize(3);
		assertThat(this.bench.find(DeadLetterFilter.of("NullPointer"))).isEmpty();
		assertThat(this.bench.find(DeadLetterFilter.of(Set.of(one.position())))).extracting(DeadLetter::position)
			.containsExactly(one.position());
		assertThat(this.bench.find(new DeadLetterFilter(null, "key-2", null, null, Set.of(), false))).hasSize(1);
		Instant time = Instant.now().plusSeconds(60);
		assertThat(this.bench.find(new DeadLetterFilter(null, null, time, null, Set.of(), false))).isEmpty();
		assertThat(this.bench.find(new DeadLetterFilter(null, null, null, time, Set.of(), false))).hasSize(3);
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

		Replay replay = this.bench.done(this.letters.replay(ReplayRequest.of(id).withBy("ann")));

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
		assertThat(this.cluster.configuration(this.bench.log, "cleanup.policy")).isEqualTo("compact");
	}

	@Test
	void deadLettersAreCountedByTheirExceptions() {
		Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		this.bench.bury(3);
		this.cluster.send(this.in, "odd", "odd");
		await().until(() -> this.bench.find(DeadLetterFilter.OPEN).size() == 4);
		this.handler.broken = false;
		this.bench.done(this.bench.replay(new DeadLetterFilter(null, "key-1", null, null, Set.of(), false)));

		assertThat(this.letters.groups("repaired")).satisfiesExactly((most) -> {
			assertThat(most.exception()).isEqualTo(IllegalStateException.class.getName());
			assertThat(most.open()).isEqualTo(2);
			assertThat(most.replayed()).isEqualTo(1);
			assertThat(before).isBeforeOrEqualTo(most.first());
			assertThat(most.first()).isBeforeOrEqualTo(most.last());
		}, (other) -> {
			assertThat(other.exception()).isEqualTo(UnsupportedOperationException.class.getName());
			assertThat(other.open()).isEqualTo(1);
			assertThat(other.replayed()).isZero();
		});
		assertThatIllegalArgumentException().isThrownBy(() -> this.letters.groups("nobody"));
	}

	@Test
	void replaySaysHowMuchThereIsToDo() {
		this.bench.bury(4);
		this.handler.broken = false;

		Replay slow = this.letters.replay(ReplayRequest.of("repaired").withRate(2));
		await().until(() -> this.bench.current(slow).replayed() > 0);
		assertThat(this.bench.current(slow).total()).isEqualTo(4);
		assertThat(this.bench.current(slow).ended()).isNull();
		assertThat(this.bench.done(slow).total()).isEqualTo(4);
		assertThat(this.bench.current(slow).ended()).isBetween(slow.began(), Instant.now());
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).total()).isZero();
	}

	@Test
	void nothingIsReplayedTwice() {
		this.bench.bury(5);
		this.handler.broken = false;
		RecordPosition one = this.bench.find(DeadLetterFilter.OPEN).get(2).position();

		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.of(Set.of(one)))).replayed()).isEqualTo(1);
		assertThat(this.bench.find(DeadLetterFilter.OPEN)).hasSize(4);
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(4);
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.of(Set.of(one)))).replayed()).isZero();
		assertThat(this.bench.done(this.bench.replay(new DeadLetterFilter(null, null, null, null, Set.of(), true)))
			.replayed()).isZero();
		assertThat(this.bench.find(DeadLetterFilter.OPEN)).isEmpty();
		assertThat(this.bench.find(new DeadLetterFilter(null, null, null, null, Set.of(), true))).hasSize(5)
			.allMatch(DeadLetter::replayed);
		await().until(() -> this.handler.handled.size() == 5);
		assertThat(this.cluster.values(this.in)).hasSize(10);
	}

	@Test
	void nothingIsReplayedTwiceWhileATransactionOfSomebodyElseIsOpen() throws Exception {
		this.bench.bury(1);
		this.handler.broken = false;
		this.bench.done(this.bench.replay(DeadLetterFilter.OPEN));
		await().until(() -> this.handler.handled.size() == 1);
		this.handler.broken = true;
		this.bench.bury(5);
		this.handler.broken = false;
		try (KafkaProducer<byte[], byte[]> foreign = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "transactional.id",
						TestCluster.newName("foreign"), "transaction.timeout.ms", 5000),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			foreign.initTransactions();
			foreign.beginTransaction();
			foreign.send(new ProducerRecord<>(this.bench.log, TestCluster.bytes("open"), TestCluster.bytes("{}")))
				.get();

			assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(5);
			assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isZero();
		}
		assertThat(this.cluster.values(this.in)).hasSize(12);
	}

	@Test
	void recreatedTopicHasNothingThatWasReplayed() throws Exception {
		stop("other");
		this.bench.bury(3);
		this.handler.broken = false;
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(3);
		await().until(() -> this.handler.handled.size() == 3);
		this.handler.broken = true;
		this.cluster.admin().deleteTopics(List.of(this.in + "-dlt")).all().get();
		this.cluster.create(this.in + "-dlt", 2, Map.of());

		this.bench.bury(3);

		assertThat(this.bench.find(DeadLetterFilter.OPEN)).hasSize(3);
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(3);
	}

	@Test
	void deadLetterIsReplayedAgainWhenItsEntryIsRemovedFromTheLog() {
		this.bench.bury(3);
		this.handler.broken = false;
		RecordPosition one = this.bench.find(DeadLetterFilter.OPEN).get(1).position();
		this.bench.done(this.bench.replay(DeadLetterFilter.OPEN));

		this.cluster.send(new ProducerRecord<>(this.bench.log, TestCluster.bytes(one.toString()), null));

		assertThat(this.bench.find(DeadLetterFilter.OPEN)).extracting(DeadLetter::position).containsExactly(one);
		assertThat(this.letters.log("repaired")).hasSize(3);
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(1);
		assertThat(this.bench.find(DeadLetterFilter.OPEN)).isEmpty();
	}

	@Test
	void recordWhosePartitionIsGoneGoesToAnother() throws Exception {
		this.bench.bury(10);
		deleteSource();
		this.cluster.create(this.in, 1, Map.of());

		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(10);

		assertThat(this.cluster.values(this.in)).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8",
				"9");
	}

	@Test
	void replayThatCanNotWriteSaysWhatAndWhy() throws Exception {
		this.bench.bury(3);
		deleteSource();

		Replay replay = this.bench.done(this.bench.replay(DeadLetterFilter.OPEN));

		assertThat(replay.state()).isEqualTo(Replay.State.FAILED);
		assertThat(replay.problem()).contains(this.bench.find(DeadLetterFilter.OPEN).get(0).position().toString())
			.contains("'" + this.in + "'")
			.contains("UnknownTopicOrPartitionException");
		assertThat(replay.replayed()).isZero();
	}

	@Test
	void recordThatFailsAgainIsReplayedOnlySoOften() {
		this.bench.bury(1);

		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(1);
		await().until(() -> this.bench.find(DeadLetterFilter.OPEN).size() == 1);
		assertThat(this.bench.find(DeadLetterFilter.OPEN).get(0).origin().replays()).isEqualTo(1);
		Replay second = this.bench.done(this.letters.replay(ReplayRequest.of("repaired").withMaxReplays(1)));
		assertThat(second.replayed()).isZero();
		assertThat(second.exhausted()).isEqualTo(1);
		assertThat(this.bench.find(DeadLetterFilter.OPEN)).hasSize(1);
		assertThat(this.bench.done(this.letters.replay(ReplayRequest.of("repaired").withMaxReplays(2))).replayed())
			.isEqualTo(1);
	}

	@Test
	void rateIsNotExceeded() {
		this.bench.bury(20);
		this.handler.broken = false;

		assertThat(this.bench.done(this.letters.replay(ReplayRequest.of("repaired").withRate(20))).replayed())
			.isEqualTo(20);

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
		this.bench.bury(10);
		this.handler.broken = false;
		Replay slow = this.letters.replay(ReplayRequest.of("repaired").withRate(1));
		await().until(() -> this.bench.current(slow).replayed() > 0);

		this.letters.cancel(slow.id());

		assertThat(this.bench.done(slow).state()).isEqualTo(Replay.State.CANCELLED);
		long left = 10 - this.bench.current(slow).replayed();
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(left).isPositive();
		assertThat(this.cluster.values(this.in)).hasSize(20);
		assertThatIllegalArgumentException().isThrownBy(() -> this.letters.cancel("no such"))
			.withMessageContaining("no such");
	}

	@Test
	void laterReplayTakesOver() {
		this.bench.bury(10);
		this.handler.broken = false;
		Replay slow = this.letters.replay(ReplayRequest.of("repaired").withRate(2));
		await().until(() -> this.bench.current(slow).replayed() > 0);

		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).state()).isEqualTo(Replay.State.DONE);

		assertThat(this.bench.done(slow).state()).isEqualTo(Replay.State.FAILED);
		assertThat(this.bench.current(slow).problem()).isEqualTo("Another replay of the subscriber has begun");
		assertThat(this.cluster.values(this.in)).hasSize(20);
	}

	@Test
	void otherSubscribersOfTheTopicKeepTheirs() {
		this.bench.bury(2);
		await().until(() -> this.letters.find("other", DeadLetterFilter.OPEN, null, 10).letters().size() == 2);

		assertThat(this.bench.find(DeadLetterFilter.OPEN)).hasSize(2);
		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(2);
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
				this.cluster.bootstrapServers(), this.in, this.bench.log)
			.redirectOutput(new File("target/replay-application.log"))
			.redirectErrorStream(true)
			.start();
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.letters.log("repaired").size() > count / 10);
		process.destroyForcibly().waitFor();
		int before = this.letters.log("repaired").size();
		assertThat(before).as("replayed when it was killed").isLessThan(count);

		assertThat(this.bench.done(this.bench.replay(DeadLetterFilter.OPEN)).replayed()).isEqualTo(count - before);

		Map<String, Long> times = this.cluster.values(this.in)
			.stream()
			.collect(Collectors.groupingBy((value) -> value, Collectors.counting()));
		assertThat(times).hasSize(count).allSatisfy((value, often) -> assertThat(often).isEqualTo(2));
	}

	// Whoever reads it would create it again.
	private void deleteSource() throws Exception {
		stop("repaired");
		stop("other");
		this.cluster.admin().deleteTopics(List.of(this.in)).all().get();
	}

	private void stop(String id) {
		this.bench.application.bean(StreamSubscribers.class).get(id).stop().toCompletableFuture().join();
	}

}
