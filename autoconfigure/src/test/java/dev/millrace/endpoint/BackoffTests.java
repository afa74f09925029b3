package dev.millrace.endpoint;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backoff}.
 */
class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2);

	@Test
	void delayDoublesUpToItsMaximum() {
		assertThat(IntStream.rangeClosed(1, 7).mapToObj((attempt) -> this.backoff.delayAfter(attempt, 0).toSeconds()))
			.containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
	}

	@Test
	void chanceShortensTheDelayByTheJitterAtMost() {
		assertThat(this.backoff.delayAfter(3, 1)).isEqualTo(Duration.ofMillis(3200));
		assertThat(this.backoff.delayAfter(3, 0.5)).isEqualTo(Duration.ofMillis(3600));
	}

	@Test
	void manyAttemptsDoNotOverflow() {
		assertThat(this.backoff.delayAfter(10_000, 0)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void delaysThatNobodyLivesToSeeDoNotOverflow() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		assertThat(new Backoff(Duration.ofSeconds(1), 2, forever, 0).delayAfter(5, 0))
			.isEqualTo(Duration.ofSeconds(16));
		Duration longest = new Backoff(forever, 2, forever, 0).delayAfter(5, 0);
		assertThat(longest).isGreaterThan(Duration.ofDays(365));
		assertThat(System.nanoTime() + longest.toNanos() - System.nanoTime()).isPositive();
	}

}
