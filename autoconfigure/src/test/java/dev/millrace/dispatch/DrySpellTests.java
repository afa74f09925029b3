package dev.millrace.dispatch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrySpell}, and of how a window uses it.
 */
class DrySpellTests {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	private final DrySpell spell = new DrySpell();

	@Test
	void nobodyWaitsForAPartitionThatHasNotRunDry() {
		this.spell.paused(0);
		assertThat(this.spell.patience(0)).isZero();
		this.spell.resumed(0);
		this.spell.arrived(1, 0);
		this.spell.paused(0);
		assertThat(this.spell.patience(0)).isZero();
	}

	@Test
	void partitionThatHasRunDryBehindAPauseIsWaitedForButNotForLong() {
		runDry();
		this.spell.paused(1000 * MILLI);
		assertThat(this.spell.patience(1000 * MILLI)).isEqualTo(250 * MILLI);
		assertThat(this.spell.patience(1249 * MILLI)).isEqualTo(MILLI);
		assertThat(this.spell.patience(1250 * MILLI)).isZero();
	}

	@Test
	void recordsOfATopicThatHadNoneAreNoReason() {
		this.spell.arrived(0, 0);
		this.spell.paused(0);
		assertThat(this.spell.patience(0)).isZero();
	}

	@Test
	void mayStillHaveRecordsThatWereFetchedBeforeThePause() {
		this.spell.paused(0);
		this.spell.resumed(MILLI);
		this.spell.arrived(1, 2 * MILLI);
		this.spell.arrived(0, 1000 * MILLI);
		assertThat(pauseShortly(2000 * MILLI)).isPositive();
	}

	@Test
	void partitionThatRunsDryLongAfterAPauseHasNothingMore() {
		this.spell.paused(0);
		this.spell.resumed(MILLI);
		this.spell.arrived(1, 2 * MILLI);
		this.spell.arrived(0, 1001 * MILLI);
		assertThat(pauseShortly(2000 * MILLI)).isZero();
	}

	@Test
	void onlyTheFirstTimeAfterAPauseCounts() {
		this.spell.paused(29_000 * MILLI);
		this.spell.resumed(29_000 * MILLI);
		this.spell.arrived(0, 29_000 * MILLI);
		this.spell.arrived(0, 29_500 * MILLI);
		assertThat(pauseShortly(59_000 * MILLI)).isZero();
	}

	@Test
	void isForgottenAfterAWhile() {
		runDry();
		assertThat(pauseShortly(29_999 * MILLI)).isPositive();
		assertThat(pauseShortly(30_000 * MILLI)).isZero();
	}

	@Test
	void isForgottenBehindALongPause() {
		runDry();
		this.spell.paused(0);
		this.spell.resumed(250 * MILLI);
		this.spell.arrived(1, 250 * MILLI);
		assertThat(pauseShortly(1000 * MILLI)).isZero();
	}

	@Test
	void partitionThatRunsDryBehindALongPauseIsNotWaitedFor() {
		this.spell.paused(0);
		this.spell.resumed(250 * MILLI);
		this.spell.arrived(0, 300 * MILLI);
		assertThat(pauseShortly(1000 * MILLI)).isZero();
	}

	@Test
	void windowTellsWhenItIsPausedAndWhenItRunsDry() {
		EngineFixture engine = new EngineFixture(Ordering.NONE, 10, 2, 1);
		engine.finishing();
		for (long offset = 0; offset < 4; offset += 2) {
			assertThat(engine.assignment.patience(engine.timer.nanoTime())).isZero();
			engine.poll(EngineFixture.P0, offset, offset + 1);
			assertThat(engine.assignment.paused()).containsExactly(EngineFixture.P0);
			assertThat(engine.assignment.patience(engine.timer.nanoTime())).isEqualTo((offset == 0) ? 0 : 250 * MILLI);
			engine.run();
			engine.commit();
			assertThat(engine.assignment.paused()).isEmpty();
		}
	}

	@Test
	void windowThatStillHasRecordsIsNotDry() {
		EngineFixture engine = new EngineFixture(Ordering.NONE, 10, 2, 1);
		engine.poll(EngineFixture.P0, 0, 1);
		assertThat(engine.assignment.paused()).containsExactly(EngineFixture.P0);
		engine.run();
		engine.handled(0).finish();
		engine.commit();
		assertThat(engine.assignment.paused()).isEmpty();
		engine.poll(EngineFixture.P0, 2);
		assertThat(engine.assignment.paused()).containsExactly(EngineFixture.P0);
		assertThat(engine.assignment.patience(engine.timer.nanoTime())).isZero();
	}

	private void runDry() {
		this.spell.paused(0);
		this.spell.resumed(0);
		this.spell.arrived(0, 0);
	}

	private long pauseShortly(long now) {
		this.spell.paused(now);
		long patience = this.spell.patience(now);
		this.spell.resumed(now);
		this.spell.arrived(1, now);
		return patience;
	}

}
