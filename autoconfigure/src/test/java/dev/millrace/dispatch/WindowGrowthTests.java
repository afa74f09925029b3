package dev.millrace.dispatch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WindowGrowth}.
 */
class WindowGrowthTests {

	private static final WindowLimits GROWING = new WindowLimits(1000, 400, true);

	private WindowLimits base = GROWING;

	private final WindowGrowth growth = new WindowGrowth(() -> this.base);

	private long now;

	private long finished;

	@Test
	void growsToWhatIsFinishedInAQuarterOfASecond() {
		assertThat(after(100, 0)).isEqualTo(GROWING);
		assertThat(after(100, 2000)).isEqualTo(new WindowLimits(5000, 2000, true));
		assertThat(after(50, 5000)).as("Not measured yet").isEqualTo(new WindowLimits(5000, 2000, true));
		assertThat(after(50, 5000)).isEqualTo(new WindowLimits(25_000, 10_000, true));
	}

	@Test
	void isNeverSmallerThanWithoutSpeed() {
		after(100, 0);
		assertThat(after(100, 10)).isEqualTo(GROWING);
	}

	@Test
	void outlivesAPauseBetweenBurstsAndShrinksSlowly() {
		after(100, 0);
		after(100, 2000);
		assertThat(after(100, 0).high()).isEqualTo(4750);
		for (int i = 0; i < 100; i++) {
			after(100, 0);
		}
		assertThat(after(100, 0)).isEqualTo(GROWING);
	}

	@Test
	void hasABound() {
		after(100, 0);
		assertThat(after(100, 10_000_000).high()).isEqualTo(100_000);
	}

	@Test
	void limitsThatAreFixedAndThoseThatChangeAreKept() {
		after(100, 0);
		after(100, 2000);
		this.base = new WindowLimits(300, 100, false);
		assertThat(after(100, 2000)).isEqualTo(this.base);
	}

	@Test
	void windowOfAPartitionThatIsFastTakesMore() {
		EngineFixture engine = EngineFixture.growing(4, 2);
		engine.finishing();
		poll(engine, 0, 4);
		assertThat(engine.assignment.paused()).as("Not committed yet").containsExactly(EngineFixture.P0);

		engine.run();
		engine.commit();
		engine.timer.advance(Duration.ofMillis(100));
		assertThat(engine.assignment.paused()).isEmpty();
		poll(engine, 4, 13);
		assertThat(engine.assignment.paused()).as("4 in a tenth of a second are 10 in a quarter").isEmpty();
		poll(engine, 13, 14);
		assertThat(engine.assignment.paused()).containsExactly(EngineFixture.P0);
	}

	private static void poll(EngineFixture engine, long from, long to) {
		for (long offset = from; offset < to; offset++) {
			engine.poll(EngineFixture.P0, offset);
		}
	}

	private WindowLimits after(long millis, long finished) {
		this.now += Duration.ofMillis(millis).toNanos();
		this.finished += finished;
		return this.growth.at(this.finished, this.now);
	}

}
