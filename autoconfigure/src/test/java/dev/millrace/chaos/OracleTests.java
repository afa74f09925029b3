package dev.millrace.chaos;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Oracle}: it is content with what is promised, and finds what is not.
 */
class OracleTests {

	@Test
	void contentWhenEachRecordIsHandledOnceAndInOrder() {
		Verdict verdict = keys().sent("a/0", "b/0", "a/1")
			.application("x", "S 1", "A 0 0 1", "B 1 0 0 a/0 2", "B 2 0 1 b/0 2", "E 1 3", "B 3 0 2 a/1 3", "E 3 4",
					"E 2 9")
			.judge();
		assertThat(verdict.violations()).isEmpty();
		assertThat(verdict.duplicates()).isEmpty();
		assertThat(verdict.overlaps()).isEmpty();
	}

	@Test
	void recordThatWasNotHandledIsLost() {
		assertThat(keys().sent("a/0", "a/1").application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3").judge().violations())
			.containsExactly("Lost: a/1 (0@1) was never handled to its end");
	}

	@Test
	void recordThatWasOnlyBegunIsLost() {
		assertThat(keys().sent("a/0").application("x", "A 0 0 1", "B 1 0 0 a/0 2").judge().violations())
			.containsExactly("Lost: a/0 (0@0) was never handled to its end");
	}

	@Test
	void recordWithoutReplyIsLost() {
		assertThat(keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3")
			.noReply(0)
			.judge()
			.violations()).containsExactly("Lost: a/0 (0@0) has no reply");
	}

	@Test
	void commitMustReachTheEndAndNotMore() {
		for (int committed : new int[] { 0, 2 }) {
			assertThat(keys().sent("a/0")
				.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3")
				.committed(committed)
				.judge()
				.violations()).containsExactly("Partition 0 is committed up to " + committed + " and ends at 1");
		}
	}

	@Test
	void inputWithAGapProvesNothing() {
		assertThat(keys().sent("a/1").application("x", "A 0 0 1", "B 1 0 0 a/1 2", "E 1 3").judge().violations())
			.singleElement()
			.asString()
			.startsWith("Sent out of sequence");
	}

	@Test
	void bodyOfAnotherRecordIsFound() {
		assertThat(keys().sent("a/0").application("x", "A 0 0 1", "B 1 0 0 b/0 2", "E 1 3").judge().violations())
			.singleElement()
			.asString()
			.startsWith("Handled what was not sent");
	}

	@Test
	void recordBeforeItsPredecessorIsOutOfOrder() {
		assertThat(keys().sent("a/0", "a/1")
			.application("x", "A 0 0 1", "B 1 0 1 a/1 2", "E 1 3", "B 2 0 0 a/0 4", "E 2 5")
			.judge()
			.violations()).anyMatch((violation) -> violation.startsWith("Out of order: a/1"));
	}

	@Test
	void recordBeforeItsPredecessorHasEndedElsewhereIsOutOfOrder() {
		assertThat(keys().sent("a/0", "a/1")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "L 0 3", "E 1 20")
			.application("y", "A 0 0 4", "B 1 0 1 a/1 5", "E 1 6")
			.judge()
			.violations()).anyMatch((violation) -> violation.startsWith("Out of order: a/1"));
	}

	@Test
	void otherKeysOfAPartitionHaveAnOrderOnlyWhenThePartitionHas() {
		String[] lines = { "A 0 0 1", "B 1 0 1 b/0 2", "E 1 3", "B 2 0 0 a/0 4", "E 2 5" };
		assertThat(keys().sent("a/0", "b/0").application("x", lines).judge().violations()).isEmpty();
		assertThat(new HandWritten(Ordering.PARTITION).sent("a/0", "b/0").application("x", lines).judge().violations())
			.anyMatch((violation) -> violation.startsWith("Out of order: b/0"));
	}

	@Test
	void handlingAgainMustGoOnInOrder() {
		assertThat(keys().sent("a/0", "a/1", "a/2")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 1", "E 1 1", "B 2 0 1 a/1 2", "E 2 2", "B 3 0 2 a/2 3", "E 3 3")
			.killed("x", 4)
			.application("y", "A 0 0 9", "B 1 0 0 a/0 10", "E 1 10", "B 2 0 2 a/2 11", "E 2 11", "B 3 0 1 a/1 12",
					"E 3 12")
			.judge()
			.violations()).hasSize(2).allMatch((violation) -> violation.startsWith("Out of order within a tenure"));
	}

	@Test
	void recordThatIsLateForItsTenureMayBeWrittenDownBehindTheNextAssignment() {
		assertThat(keys().sent("a/0", "a/1", "a/2")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 1", "E 1 1", "P 2 12", "L 0 12", "A 0 0 13", "B 2 0 1 a/1 13",
					"E 2 13", "B 3 0 0 a/0 14", "E 3 14", "B 4 0 1 a/1 15", "E 4 15", "B 5 0 2 a/2 16", "E 5 16")
			.judge()
			.violations()).isEmpty();
	}

	@Test
	void twoRecordsOfAKeyAtATimeInOneApplication() {
		assertThat(keys().sent("a/0", "a/1")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "B 2 0 1 a/1 3", "E 2 4", "E 1 5")
			.judge()
			.violations()).anyMatch((violation) -> violation.startsWith("At the same time in one application"));
	}

	@Test
	void twoRecordsOfAKeyAtATimeInTwoApplicationsNeedACause() {
		String[] owner = { "A 0 0 1", "B 1 0 0 a/0 2", "R 0 3", "E 1 20" };
		String[] next = { "A 0 0 4", "B 1 0 0 a/0 5", "E 1 6", "B 2 0 1 a/1 7", "E 2 8" };
		assertThat(keys().sent("a/0", "a/1").application("x", owner).application("y", next).judge().violations())
			.anyMatch((violation) -> violation.startsWith("At the same time in two applications"));
		Verdict away = keys().sent("a/0", "a/1")
			.application("x", owner)
			.application("y", next)
			.brokerAway(2, 3)
			.judge();
		assertThat(away.violations()).isEmpty();
		assertThat(away.overlaps()).containsEntry(Cause.BROKER_LOSS, 2);
	}

	@Test
	void duplicateOfAKilledApplication() {
		HandWritten evidence = keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3")
			.application("y", "A 0 0 9", "B 1 0 0 a/0 10", "E 1 11");
		assertThat(evidence.judge().violations()).hasSize(1);
		evidence.killed("x", 4);
		assertThat(evidence.judge().violations()).isEmpty();
		assertThat(evidence.judge().duplicates()).containsOnlyKeys(Cause.KILL);
	}

	@Test
	void killThatCameLaterExplainsNothing() {
		assertThat(keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3")
			.application("y", "A 0 0 9", "B 1 0 0 a/0 10", "E 1 11")
			.killed("x", 12)
			.judge()
			.duplicates()).containsOnlyKeys(Cause.UNEXPLAINED);
	}

	@Test
	void duplicateOfAnApplicationThatStoodStillForLong() {
		assertThat(paused("P 3 12").duplicates()).containsOnlyKeys(Cause.PAUSE);
		assertThat(paused("P 3 12").violations()).isEmpty();
		assertThat(paused("P 3 5").duplicates()).containsOnlyKeys(Cause.UNEXPLAINED);
		assertThat(paused("P 3 5").violations()).hasSize(1);
	}

	@Test
	void duplicateAfterADrainThatTimedOut() {
		Verdict verdict = keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "R 0 8", "E 1 9")
			.application("y", "A 0 0 9", "B 1 0 0 a/0 10", "E 1 11")
			.judge();
		assertThat(verdict.violations()).isEmpty();
		assertThat(verdict.duplicates()).containsOnlyKeys(Cause.DRAIN_TIMEOUT);
	}

	@Test
	void duplicateAfterADrainThatDidNotWaitHasNoCause() {
		assertThat(keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "R 0 3", "E 1 4")
			.application("y", "A 0 0 9", "B 1 0 0 a/0 10", "E 1 11")
			.judge()
			.duplicates()).containsOnlyKeys(Cause.UNEXPLAINED);
	}

	@Test
	void duplicateBehindARecordThatHadNotBegun() {
		Verdict verdict = keys().sent("a/0", "b/0", "c/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3", "B 2 0 2 c/0 2", "E 2 3", "R 0 4")
			.application("y", "A 0 0 9", "B 1 0 1 b/0 10", "E 1 11", "B 2 0 2 c/0 12", "E 2 13")
			.judge();
		assertThat(verdict.violations()).isEmpty();
		assertThat(verdict.duplicates()).containsOnlyKeys(Cause.FINISHED_AHEAD);
	}

	@Test
	void recordThatOnlyAnEarlierOwnerHadHandledIsAGapToo() {
		Verdict verdict = keys().sent("a/0", "b/0", "c/0")
			.application("w", "A 0 0 1", "B 1 0 0 a/0 1", "E 1 1", "B 2 0 1 b/0 1", "E 2 1", "B 3 0 2 c/0 1", "E 3 1")
			.killed("w", 2)
			.application("x", "A 0 1 8", "B 1 0 2 c/0 8", "E 1 8", "R 0 9")
			.application("y", "A 0 1 9", "B 1 0 1 b/0 10", "E 1 11", "B 2 0 2 c/0 12", "E 2 13")
			.judge();
		assertThat(verdict.violations()).isEmpty();
		assertThat(verdict.duplicates()).containsOnlyKeys(Cause.KILL, Cause.FINISHED_AHEAD);
	}

	@Test
	void duplicateOfWhatCouldHaveBeenCommittedHasNoCause() {
		assertThat(keys().sent("a/0", "b/0", "c/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3", "B 2 0 2 c/0 2", "E 2 3", "R 0 4")
			.application("y", "A 0 0 9", "B 1 0 0 a/0 9", "E 1 9", "B 2 0 1 b/0 10", "E 2 11", "B 3 0 2 c/0 12",
					"E 3 13")
			.judge()
			.duplicates()).containsOnlyKeys(Cause.FINISHED_AHEAD, Cause.UNEXPLAINED);
	}

	@Test
	void twiceInOneTenureHasNoCauseEvenIfABrokerWasAway() {
		assertThat(keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3", "B 2 0 0 a/0 4", "E 2 5")
			.brokerAway(1, 5)
			.judge()
			.duplicates()).containsOnlyKeys(Cause.UNEXPLAINED);
	}

	@Test
	void secondReplyIsAFaultOnlyWhenThereMustBeOne() {
		HandWritten evidence = keys().sent("a/0").application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3").replies(0, 2);
		assertThat(evidence.judge().violations()).isEmpty();
		assertThat(evidence.exactlyOnce().judge().violations()).containsExactly("0@0 has 2 committed replies");
	}

	private static Verdict paused(String pause) {
		return keys().sent("a/0")
			.application("x", "A 0 0 1", "B 1 0 0 a/0 2", "E 1 3", pause, "L 0 12")
			.application("y", "A 0 0 10", "B 1 0 0 a/0 10", "E 1 11")
			.judge();
	}

	private static HandWritten keys() {
		return new HandWritten(Ordering.KEY);
	}

}
