package dev.millrace.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how many threads records get: those that wait one each, those that don't as
 * many as there are processors.
 */
class PaceTests {

	private final EngineFixture engine = EngineFixture.fast(10, 2);

	private long offset;

	@Test
	void lanesGetAThreadEachUntilTheirRecordsHaveShownToBeFast() {
		pollEach(5);

		assertThat(this.engine.threads).hasSize(5);
	}

	@Test
	void fastRecordsTakeTurnsOnAsManyThreadsAsThereAreProcessors() {
		becomeFast();

		pollEach(5);

		assertThat(this.engine.threads).hasSize(2);
		this.engine.run();
		assertThat(this.engine.handled).hasSize(5);
		assertThat(this.engine.threads).isEmpty();
	}

	@Test
	void threadsThatAreTooManyAreLetGo() {
		this.engine.finishing();
		for (int number = 0; number < 5; number++) {
			this.engine.poll(partition(number), LongStream.range(0, 1000).toArray());
		}
		assertThat(this.engine.threads).hasSize(5);

		this.engine.threads.remove().run();

		assertThat(this.engine.handled).as("One turn: its lane waits for the other threads").hasSize(1);
		assertThat(this.engine.threads).hasSize(4);
		this.engine.timer.advance(Duration.ofMillis(10));
		assertThat(this.engine.threads).as("None of which has begun").hasSize(5);
		this.engine.run();
		assertThat(this.engine.handled).hasSize(5000);
	}

	@Test
	void laneOfFastRecordsRunsManyBeforeTheNextOne() {
		becomeFast();
		for (int number = 1; number <= 3; number++) {
			this.engine.poll(partition(number), LongStream.range(0, 100).toArray());
		}

		this.engine.threads.remove().run();

		List<Integer> partitions = partitions(this.engine);
		assertThat(partitions.subList(0, 64)).as("Its turn").containsOnly(1);
		assertThat(partitions.subList(64, 128)).as("The turn of the one that has waited").containsOnly(3);
	}

	@Test
	void slowRecordsOfALaneDoNotOvertakeThoseOfOthersThatWereThereBefore() {
		EngineFixture engine = EngineFixture.slow(Ordering.PARTITION);
		engine.poll(partition(1), 0, 1, 2);
		engine.poll(partition(2), 0, 1);

		engine.run();

		assertThat(partitions(engine)).containsExactly(1, 2, 1, 2, 1);
	}

	@Test
	void laneOfASlowRecordThatWasItsLastIsGoneBeforeTheNextOneBegins() {
		EngineFixture engine = EngineFixture.fast(1, 1);
		List<Integer> lanes = new ArrayList<>();
		engine.behaviour = (record) -> {
			lanes.add(engine.lanes.size());
			record.finish();
			return null;
		};
		engine.poll(partition(1), 0);
		engine.poll(partition(2), 0);

		engine.run();

		assertThat(lanes).containsExactly(2, 1);
	}

	@Test
	void lanesThatWaitForThreadsGetSomeOfTheirOwnWhenNoRecordBegins() {
		becomeFast();
		pollEach(5);
		List<Integer> threads = new ArrayList<>();
		this.engine.behaviour = (record) -> {
			this.engine.timer.advance(Duration.ofMillis(10));
			threads.add(this.engine.threads.size());
			this.engine.timer.advance(Duration.ofMillis(10));
			threads.add(this.engine.threads.size());
			record.finish();
			return null;
		};

		this.engine.threads.remove().run();

		assertThat(threads.subList(0, 2)).as("After the first look, which has seen a record begin, and the next")
			.containsExactly(1, 4);
		this.engine.run();
		assertThat(this.engine.handled).hasSize(5);
	}

	@Test
	void recordsThatTakeLongGetAThreadEachAgain() {
		becomeFast();
		this.engine.behaviour = (record) -> {
			this.engine.timer.advance(Duration.ofMillis(1));
			record.finish();
			return null;
		};
		pollEach(5);
		assertThat(this.engine.threads).hasSize(2);

		this.engine.threads.remove().run();

		assertThat(this.engine.handled).as("Those of its lane and of the next one").hasSize(2);
		assertThat(this.engine.threads).as("One that has not begun, and one for each lane that waited").hasSize(3);
	}

	@Test
	void recordThatHoldsItsLaneHoldsNoThread() {
		becomeFast();
		CompletableFuture<Void> hold = new CompletableFuture<>();
		this.engine.holding(hold);

		pollEach(12);
		this.engine.run();

		assertThat(this.engine.handled).as("As many as there are slots").hasSize(10);
		hold.complete(null);
		this.engine.run();
		assertThat(this.engine.handled).hasSize(12);
	}

	private static List<Integer> partitions(EngineFixture engine) {
		return engine.handled.stream().map((record) -> record.record().partition()).toList();
	}

	private void becomeFast() {
		this.engine.finishing();
		this.engine.poll(partition(0), 1);
		this.engine.run();
		this.engine.handled.clear();
	}

	private void pollEach(int partitions) {
		for (int number = 1; number <= partitions; number++) {
			this.engine.poll(partition(number), this.offset);
		}
		this.offset++;
	}

	private static TopicPartition partition(int number) {
		return new TopicPartition("t", number);
	}

}
