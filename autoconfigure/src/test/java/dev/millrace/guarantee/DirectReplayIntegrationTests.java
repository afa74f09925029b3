package dev.millrace.guarantee;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.StreamSubscribers;
import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.Replay;
import dev.millrace.deadletter.ReplayEntry;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Dead letters are replayed straight to the handler.
 */
@Timeout(180)
class DirectReplayIntegrationTests {

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
	void handlerGetsTheRecordAsItWasPolled() {
		this.bench.bury(4);
		List<ConsumerRecord<byte[], byte[]>> sent = this.cluster.read(this.in);
		this.handler.broken = false;

		Replay replay = this.bench.done(toHandler());

		assertThat(replay.state()).isEqualTo(Replay.State.DONE);
		assertThat(replay.replayed()).isEqualTo(4);
		assertThat(this.handler.handled).extracting((record) -> describe(record.source()))
			.containsExactlyInAnyOrderElementsOf(
					sent.stream().map((record) -> describe(record) + "dead-letter-replays=1").toList());
		assertThat(this.cluster.read(this.in)).hasSize(4);
		assertThat(this.letters.log("repaired")).hasSize(4).extracting(ReplayEntry::to).containsOnly("handler");
		assertThat(this.bench.done(toHandler()).replayed()).isZero();
	}

	@Test
	void recordThatItsHandlerRefusesAgainIsAnotherDeadLetter() {
		this.bench.bury(2);

		assertThat(this.bench.done(toHandler()).replayed()).isEqualTo(2);

		assertThat(this.bench.find(DeadLetterFilter.OPEN)).hasSize(2).allSatisfy((letter) -> {
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
		assertThat(this.bench.done(this.letters.replay(request)).replayed()).isEqualTo(5);

		assertThat(this.handler.batches).contains(List.of("0", "1", "2", "3", "4"));
	}

	@Test
	void handlerThatIsStoppedOrHasTransactionsIsNotCalled() {
		this.bench.bury(1);
		ReplayRequest exactlyOnce = ReplayRequest.of("transactional").withTarget(ReplayRequest.Target.HANDLER);
		assertThatIllegalArgumentException().isThrownBy(() -> this.letters.replay(exactlyOnce))
			.withMessageContaining("exactlyOnce");
		this.bench.application.bean(StreamSubscribers.class).get("repaired").stop().toCompletableFuture().join();
		assertThatIllegalArgumentException().isThrownBy(this::toHandler).withMessageContaining("is stopped");
	}

	@Test
	void stopOfTheSubscriberEndsAReplayToItsHandler() {
		this.bench.bury(20);
		this.handler.broken = false;
		Replay slow = this.letters
			.replay(ReplayRequest.of("repaired").withTarget(ReplayRequest.Target.HANDLER).withRate(5));
		await().until(() -> this.bench.current(slow).replayed() > 0);

		this.bench.application.bean(StreamSubscribers.class).get("repaired").stop().toCompletableFuture().join();

		assertThat(this.bench.done(slow).state()).isEqualTo(Replay.State.CANCELLED);
		assertThat(this.handler.handled).hasSize((int) this.bench.current(slow).replayed());
		assertThat(this.bench.find(DeadLetterFilter.OPEN)).hasSize(20 - (int) this.bench.current(slow).replayed())
			.isNotEmpty();
	}

	@Test
	void cancellationDoesNotWaitForTheLastRecordAndWhatIsFinishedStaysReplayed() {
		IntStream.range(0, 10)
			.forEach((i) -> this.cluster.send(new ProducerRecord<>(this.in + "-keyed", 0, TestCluster.bytes("key-" + i),
					TestCluster.bytes("" + i))));
		await().until(() -> this.letters.find("keyed", DeadLetterFilter.OPEN, null, 20).letters().size() == 10);
		ReplayRequest request = ReplayRequest.of("keyed").withTarget(ReplayRequest.Target.HANDLER);
		this.handler.postponed = TestCluster
			.text(this.letters.find("keyed", DeadLetterFilter.OPEN, null, 1).letters().get(0).record().value());
		this.handler.broken = false;
		Replay replay = this.letters.replay(request);
		await().until(() -> this.handler.handled.size() == 9);

		this.letters.cancel(replay.id());

		assertThat(this.bench.done(replay).state()).isEqualTo(Replay.State.CANCELLED);
		assertThat(this.bench.current(replay).replayed()).isEqualTo(9);
		assertThat(this.letters.log("keyed")).hasSize(9);
		this.handler.postponed = null;
		assertThat(this.bench.done(this.letters.replay(request)).replayed()).isEqualTo(1);
		assertThat(this.handler.handled).hasSize(10);
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

}
