package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The oracle on histories of two keys, a and b, in one partition: a0 b0 a1 b1.
 */
class OracleTests {

	private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

	private static final String[] RECORDS = { "a0", "b0", "a1", "b1" };

	private final List<Handling> handlings = new ArrayList<>();

	private final List<History.Sample> samples = new ArrayList<>();

	private long committed = 4;

	@ParameterizedTest
	@EnumSource
	void historyWithoutAFaultHoldsEveryClaim(Claim claim) {
		handled("one", 1, 0, 10, 20).handled("one", 1, 1, 20, 30).handled("one", 1, 2, 30, 40);
		handled("two", 42, 3, 50, 60);
		sampled(25, 1).sampled(41, 3).sampled(70, 4);
		assertThat(claim.violations(history())).isEmpty();
	}

	@Test
	void recordThatWasNotHandledIsLost() {
		handled("one", 1, 0, 10, 20).handled("one", 1, 1, 20, 30).handled("one", 1, 3, 30, 40);
		assertViolated(Claim.NO_LOSS, "offset=2");
	}

	@Test
	void recordWhoseHandlingHasNotEndedIsLost() {
		inOrder().handlings.set(2, this.handlings.get(2).endedAt(Handling.RUNNING));
		assertViolated(Claim.NO_LOSS, "offset=2");
	}

	@Test
	void recordBeforeItsPredecessorIsOutOfOrder() {
		handled("one", 1, 2, 10, 20).handled("one", 1, 0, 20, 30);
		assertViolated(Claim.ORDER_OF_A_KEY, "after -1 came");
		assertViolated(Claim.ORDER_OF_A_PARTITION, "offset=2");
	}

	@Test
	void recordOvertakesWhenTheOneInFrontIsNotFinished() {
		handled("one", 1, 0, 10, 20).handled("one", 1, 2, 20, 30).handled("one", 1, 0, 40, 50);
		assertThat(overtaking()).isEmpty();
		Handling failed = this.handlings.get(1);
		this.handlings.set(0, this.handlings.get(0).endedAt(21));
		assertThat(overtaking()).singleElement().asString().contains("offset=2");
		assertThat(overtaking(failed)).hasSize(2);
	}

	private List<String> overtaking(Handling... failed) {
		return new Oracle(history()).overtaking(List.of(failed), Handling::key, Handling::seq);
	}

	@Test
	void orderGoesOnFromARecordThatIsHandledAgain() {
		inOrder().handled("two", 45, 0, 50, 60).handled("two", 45, 2, 60, 70);
		assertThat(Claim.ORDER_OF_A_KEY.violations(history())).isEmpty();
		assertViolated(Claim.ORDER_OF_A_PARTITION, "offset=2");
	}

	@Test
	void orderIsThatOfTheBeginningsWhateverTheOrderOfTheLog() {
		handled("one", 1, 3, 40, 50).handled("one", 1, 2, 30, 40).handled("one", 1, 1, 20, 30);
		handled("one", 1, 0, 10, 20);
		assertThat(Claim.ORDER_OF_A_PARTITION.violations(history())).isEmpty();
	}

	@Test
	void keysMayRunAtOnceAndPartitionsNot() {
		handled("one", 1, 0, 10, 30).handled("one", 1, 1, 20, 40);
		assertThat(Claim.ONE_OF_A_KEY_AT_A_TIME.violations(history())).isEmpty();
		assertViolated(Claim.ONE_OF_A_PARTITION_AT_A_TIME, "offset=1");
	}

	@Test
	void handlingInTheMiddleOfALongOneOverlapsWhateverCameBetween() {
		handled("one", 1, 0, 10, 2000).handled("one", 1, 2, 20, 30).handled("one", 1, 2, 1500, 1600);
		assertThat(Claim.ONE_OF_A_KEY_AT_A_TIME.violations(history())).hasSize(2);
	}

	@Test
	void overlapOfInstancesIsExcusedOnlyByAHandlingThatOutlivedTheRebalance() {
		handled("one", 1, 0, 10, 2000).handled("two", 45, 0, 1009, 1500);
		assertViolated(Claim.ONE_OF_A_KEY_AT_A_TIME, "began during");
		this.handlings.clear();
		handled("one", 1, 0, 10, 2000).handled("two", 45, 0, 1010, 1500);
		assertThat(Claim.ONE_OF_A_KEY_AT_A_TIME.violations(history())).isEmpty();
	}

	@Test
	void instanceThatDoesNotOwnThePartitionMustNotStart() {
		handled("one", Handling.UNOWNED, 0, 10, 20);
		assertViolated(Claim.ONLY_OWNERS_START, "offset=0");
	}

	@Test
	void anyRepetitionIsADuplicate() {
		inOrder().handled("two", 45, 3, 50, 60);
		assertViolated(Claim.NO_DUPLICATES, "instance=two");
	}

	@Test
	void repetitionIsCalledForFromTheOffsetCommittedBeforeTheAssignment() {
		inOrder().handled("two", 45, 2, 50, 60);
		sampled(44, 2).sampled(46, 3);
		assertThat(Claim.DUPLICATES_ARE_UNCOMMITTED.violations(history())).isEmpty();
		this.samples.clear();
		sampled(44, 3);
		assertViolated(Claim.DUPLICATES_ARE_UNCOMMITTED, "3 was committed before");
	}

	@Test
	void repetitionWithinAnAssignmentIsNotCalledFor() {
		inOrder().handled("one", 1, 3, 60, 70);
		assertViolated(Claim.DUPLICATES_ARE_UNCOMMITTED, "twice in an assignment");
	}

	@Test
	void offsetThatIsNotAtTheEndIsReported() {
		inOrder();
		this.committed = 3;
		assertViolated(Claim.COMMITTED_TO_THE_END, "ends at 4, committed is 3");
		this.committed = 5;
		assertViolated(Claim.COMMITTED_TO_THE_END, "ends at 4, committed is 5");
	}

	@Test
	void offsetCommittedBeforeTheEndOfAHandlingIsTooEarly() {
		inOrder();
		sampled(39, 3);
		assertViolated(Claim.NOTHING_UNFINISHED_IS_COMMITTED, "committed 3 before 2 was finished");
		this.samples.clear();
		sampled(40, 3);
		assertThat(Claim.NOTHING_UNFINISHED_IS_COMMITTED.violations(history())).isEmpty();
	}

	@Test
	void offsetCommittedPastARecordThatNeverEndedIsTooEarly() {
		handled("one", 1, 1, 20, 30);
		sampled(90, 2);
		assertViolated(Claim.NOTHING_UNFINISHED_IS_COMMITTED, "before 0 was finished");
	}

	@Test
	void laterRepetitionDoesNotUndoTheEndOfARecord() {
		inOrder().handled("two", 45, 0, 50, 60);
		sampled(55, 4);
		assertThat(Claim.NOTHING_UNFINISHED_IS_COMMITTED.violations(history())).isEmpty();
	}

	@Test
	void historyWithoutASampleProvesNothingAboutCommits() {
		inOrder();
		assertViolated(Claim.NOTHING_UNFINISHED_IS_COMMITTED, "no sample");
	}

	@Test
	void handlingIsReadAsItWasWritten() {
		Handling handling = inOrder().handlings.get(2);
		assertThat(Handling.ofLine(handling.toLine())).isEqualTo(handling);
	}

	private void assertViolated(Claim claim, String text) {
		assertThat(claim.violations(history())).first().asString().contains(text);
	}

	private OracleTests inOrder() {
		return handled("one", 1, 0, 10, 20).handled("one", 1, 1, 20, 30)
			.handled("one", 1, 2, 30, 40)
			.handled("one", 1, 3, 40, 50);
	}

	private OracleTests handled(String instance, long epoch, int offset, long start, long end) {
		this.handlings.add(new Handling(instance, epoch, PARTITION, offset, RECORDS[offset].substring(0, 1),
				RECORDS[offset].charAt(1) - '0', start, end));
		return this;
	}

	private OracleTests sampled(long answered, long offset) {
		this.samples.add(new History.Sample(answered, Map.of(PARTITION, offset)));
		return this;
	}

	private History history() {
		List<History.Sent> sent = Arrays.stream(RECORDS)
			.map((record) -> new History.Sent(PARTITION, Arrays.asList(RECORDS).indexOf(record), record.substring(0, 1),
					record.charAt(1) - '0'))
			.toList();
		return new History(sent, this.handlings, this.samples, Map.of(PARTITION, this.committed), Map.of(PARTITION, 4L),
				Duration.ofNanos(1000));
	}

}
