package dev.millrace.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the commit position.
 */
class OffsetTests {

	private static final TopicPartition P0 = EngineFixture.P0;

	private static final TopicPartition P1 = EngineFixture.P1;

	private final EngineFixture engine = new EngineFixture(Ordering.NONE, 100, 1000, 500);

	@Test
	void positionIsTheFirstUnfinishedOffsetWhateverIsFinishedBehindIt() {
		this.engine.poll(P0, 5, 6, 7);
		this.engine.run();
		this.engine.handled(6).finish();
		this.engine.handled(7).finish();
		assertThat(this.engine.position(P0)).isEqualTo(5);
		this.engine.handled(5).finish();
		assertThat(this.engine.position(P0)).isEqualTo(8);
	}

	@Test
	void gapsBetweenOffsetsDoNotHoldThePositionBack() {
		this.engine.poll(P0, 5, 9, 12);
		this.engine.run();
		this.engine.handled(5).finish();
		assertThat(this.engine.position(P0)).isEqualTo(9);
		this.engine.handled(9).finish();
		this.engine.handled(12).finish();
		assertThat(this.engine.position(P0)).isEqualTo(13);
	}

	@Test
	void nothingBeginsOnceASubscriberIsToldToStopAndWhatRunsIsFinished() {
		this.engine.poll(P0, 5, 6);
		this.engine.run();
		this.engine.poll(P0, 7);
		this.engine.stopping = true;
		this.engine.run();
		this.engine.handled(6).retry(Duration.ZERO, this.engine.handler);
		this.engine.run();
		this.engine.handled(5).finish();
		assertThat(this.engine.handledOffsets()).containsExactly(5L, 6L);
		assertThat(this.engine.assignment.release(Set.of(P0), Duration.ofSeconds(1))).singleElement()
			.satisfies((release) -> {
				assertThat(release.position()).isEqualTo(6);
				assertThat(release.interrupted()).isEmpty();
			});
	}

	@Test
	void positionMovesBehindMarkersOnlyWhenNothingIsInFlight() {
		this.engine.poll(P0, 5);
		this.engine.assignment.fetchedTo(P0, 8);
		this.engine.run();
		assertThat(this.engine.position(P0)).isEqualTo(5);
		assertThat(this.engine.assignment.idle()).isEmpty();
		this.engine.handled(5).finish();
		assertThat(this.engine.position(P0)).isEqualTo(8);
		assertThat(this.engine.assignment.idle()).containsExactly(P0);
	}

	@Test
	void fetchPositionOfAnUnknownPartitionOrBehindTheRecordsIsIgnored() {
		this.engine.assignment.fetchedTo(P1, 8);
		this.engine.poll(P0, 5);
		this.engine.assignment.fetchedTo(P0, -1);
		this.engine.run();
		this.engine.handled(5).finish();
		assertThat(this.engine.position(P0)).isEqualTo(6);
		assertThat(this.engine.position(P1)).isNull();
	}

	@Test
	void positionThatWasCommittedIsNotCommittedAgainUnlessTheCommitFailed() {
		this.engine.finishing().poll(P0, 5);
		this.engine.run();
		Commit commit = this.engine.assignment.nextCommit(true);
		assertThat(commit).isNotNull();
		assertThat(commit.positions()).containsOnly(Map.entry(P0, 6L));
		assertThat(this.engine.assignment.nextCommit(true)).isNull();
		commit.failed();
		assertThat(this.engine.position(P0)).isEqualTo(6);
	}

	@Test
	void commitThatIsNotDueIsMadeWhenMuchOfTheWindowIsFinished() {
		this.engine.finishing().poll(P0, LongStream.range(0, 250).toArray());
		this.engine.run();
		assertThat(this.engine.assignment.nextCommit(false)).isNull();
		this.engine.poll(P0, 250);
		this.engine.run();
		assertThat(this.engine.assignment.nextCommit(false)).isNotNull();
		assertThat(this.engine.assignment.nextCommit(false)).isNull();
	}

	@Test
	void recordThatFailedHoldsThePositionUntilItsRetrySucceeds() {
		this.engine.poll(P0, 5, 6);
		this.engine.run();
		this.engine.handled(6).finish();
		this.engine.handled(5).retry(Duration.ofSeconds(1), (record) -> {
			record.finish();
			return null;
		});
		assertThat(this.engine.position(P0)).isEqualTo(5);
		this.engine.timer.advance(Duration.ofSeconds(1));
		this.engine.run();
		assertThat(this.engine.position(P0)).isEqualTo(7);
	}

	@Test
	void finishUnderAnEarlierAssignmentChangesNothing() {
		this.engine.poll(P0, 5);
		this.engine.run();
		InFlightRecord early = this.engine.handled(5);
		this.engine.assignment.release(Set.of(P0), Duration.ZERO);
		this.engine.poll(P0, 5);
		early.finish();
		assertThat(this.engine.position(P0)).isEqualTo(5);
	}

	@Test
	void seekBackwardsAbandonsWhatIsInFlightAndStartsAgain() {
		this.engine.poll(P0, 5, 6);
		this.engine.run();
		InFlightRecord early = this.engine.handled(5);
		this.engine.handled.clear();
		this.engine.finishing().poll(P0, 3, 4);
		early.finish();
		assertThat(this.engine.position(P0)).isEqualTo(3);
		this.engine.run();
		assertThat(this.engine.handledOffsets()).containsExactly(3L, 4L);
		assertThat(this.engine.position(P0)).isEqualTo(5);
	}

	@Test
	void releaseReportsThePositionAndWhatStillRuns() {
		this.engine.poll(P0, 5, 6, 7);
		this.engine.run();
		this.engine.handled(5).finish();
		Assignment.Release release = this.engine.assignment.release(Set.of(P0, P1), Duration.ofMillis(1)).get(0);
		assertThat(release.partition()).isEqualTo(P0);
		assertThat(release.position()).isEqualTo(6);
		assertThat(release.uncommitted()).isTrue();
		assertThat(release.interrupted()).extracting(ConsumerRecord::offset).containsExactly(6L, 7L);
		assertThat(release.waiting()).isZero();
		assertThat(this.engine.assignment.isEmpty()).isTrue();
	}

}
