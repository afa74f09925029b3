package dev.millrace.dispatch;

import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pausing and resuming partitions.
 */
class BackPressureTests {

	private static final TopicPartition P0 = EngineFixture.P0;

	private static final TopicPartition P1 = EngineFixture.P1;

	private final EngineFixture engine = new EngineFixture(Ordering.NONE, 100, 10, 5);

	@Test
	void partitionPausesAtTheHighMarkAndResumesAtTheLowOne() {
		this.engine.poll(P0, LongStream.range(0, 9).toArray());
		assertThat(this.engine.assignment.paused()).isEmpty();
		this.engine.poll(P0, 9);
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		finish(0, 4);
		this.engine.commit();
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		finish(4, 5);
		this.engine.commit();
		assertThat(this.engine.assignment.paused()).isEmpty();
	}

	@Test
	void viewTellsWhatIsInTheWindow() {
		this.engine.poll(P0, LongStream.range(20, 30).toArray());
		this.engine.poll(P1, 5);
		this.engine.run();
		this.engine.handled(20).finish();
		this.engine.handled(22).finish();
		this.engine.assignment.paused();
		assertThat(this.engine.assignment.windows()).containsExactlyInAnyOrder(
				new WindowView(P0, 21, 30, 10, 8, 10, true), new WindowView(P1, 5, 6, 1, 1, 10, false));
		this.engine.commit();
		assertThat(this.engine.assignment.windows()).contains(new WindowView(P0, 21, 30, 9, 8, 10, true));
	}

	@Test
	void partitionsPauseIndependently() {
		this.engine.poll(P0, LongStream.range(0, 10).toArray());
		this.engine.poll(P1, 0);
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
	}

	@Test
	void recordsFinishedBehindAGapCountUntilTheGapCloses() {
		this.engine.poll(P0, LongStream.range(0, 10).toArray());
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		finish(1, 10);
		this.engine.commit();
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		finish(0, 1);
		this.engine.commit();
		assertThat(this.engine.assignment.paused()).isEmpty();
	}

	@Test
	void recordsThatAreFinishedCountUntilTheirCommitIsAcknowledged() {
		this.engine.poll(P0, LongStream.range(0, 10).toArray());
		finish(0, 10);
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		Commit commit = this.engine.assignment.nextCommit(true);
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		commit.succeeded();
		assertThat(this.engine.assignment.paused()).isEmpty();
	}

	@Test
	void consumerIsWokenOnceWhenRecordsFinishInOrder() {
		this.engine.poll(P0, LongStream.range(0, 10).toArray());
		this.engine.assignment.paused();
		finish(0, 10);
		assertThat(this.engine.wakeups).isEqualTo(1);
	}

	@Test
	void consumerIsWokenWhenTheRecordThatHoldsTheWindowFinishes() {
		this.engine.poll(P0, LongStream.range(0, 10).toArray());
		this.engine.assignment.paused();
		finish(1, 10);
		this.engine.assignment.paused();
		int before = this.engine.wakeups;
		finish(0, 1);
		assertThat(this.engine.wakeups).isEqualTo(before + 1);
		this.engine.commit();
		assertThat(this.engine.assignment.paused()).isEmpty();
	}

	@Test
	void consumerIsWokenToCommitWhatFinishedAfterTheCommitOfTheRound() {
		this.engine.poll(P0, LongStream.range(0, 10).toArray());
		assertThat(this.engine.assignment.nextCommit(false)).isNull();
		finish(0, 10);
		assertThat(this.engine.assignment.paused()).containsExactly(P0);
		assertThat(this.engine.wakeups).isEqualTo(1);
		this.engine.assignment.nextCommit(false).succeeded();
		assertThat(this.engine.assignment.paused()).isEmpty();
	}

	@Test
	void partitionThatOnlyACommitHoldsUpIsCommittedAtOnce() {
		EngineFixture engine = new EngineFixture(Ordering.NONE, 100, 10, 1);
		engine.poll(P0, LongStream.range(0, 10).toArray());
		assertThat(engine.assignment.paused()).containsExactly(P0);
		engine.run();
		LongStream.range(0, 7).forEach((offset) -> engine.handled(offset).finish());
		engine.commit();
		assertThat(engine.assignment.paused()).containsExactly(P0);
		LongStream.range(7, 10).forEach((offset) -> engine.handled(offset).finish());
		assertThat(engine.assignment.nextCommit(false)).isNotNull();
	}

	@Test
	void consumerIsNotWokenWhileNothingIsPaused() {
		this.engine.poll(P0, LongStream.range(0, 9).toArray());
		this.engine.assignment.paused();
		finish(0, 9);
		assertThat(this.engine.wakeups).isZero();
	}

	private void finish(int from, int to) {
		this.engine.run();
		for (int offset = from; offset < to; offset++) {
			this.engine.handled(offset).finish();
		}
	}

}
