package dev.millrace.listener;

import java.time.Duration;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PollWatch}.
 */
class PollWatchTests {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private final PollWatch watch = new PollWatch();

	private final Consumer<?, ?> consumer = mock(Consumer.class);

	@Test
	void consumerThatHasNeverJoinedIsWaitedFor() {
		assertThat(this.watch.isWaiting(GRACE)).isTrue();
		look(-1, Duration.ZERO);
		assertThat(this.watch.isWaiting(GRACE)).isTrue();
		look(-1, Duration.ZERO);
		assertThat(this.watch.isWaiting(GRACE)).isTrue();
	}

	@Test
	void memberWithoutAPartitionIsNotWaitedFor() {
		look(1, Duration.ZERO);
		assertThat(this.watch.isWaiting(GRACE)).isFalse();
	}

	@Test
	void rebalanceIsGivenTime() {
		look(1, Duration.ofSeconds(50));
		look(-1, Duration.ofSeconds(25));
		look(-1, Duration.ofSeconds(2));
		assertThat(this.watch.isWaiting(GRACE)).isFalse();
		look(1, Duration.ofSeconds(50));
		look(-1, Duration.ofSeconds(31));
		look(-1, Duration.ofSeconds(2));
		assertThat(this.watch.isWaiting(GRACE)).isTrue();
		look(2, Duration.ofSeconds(1));
		assertThat(this.watch.isWaiting(GRACE)).isFalse();
	}

	@Test
	void fixedPartitionsHaveNoGroupToJoin() {
		given(this.consumer.subscription()).willReturn(Set.of());
		this.watch.look(this.consumer, System.nanoTime());
		assertThat(this.watch.isWaiting(GRACE)).isFalse();
	}

	@Test
	void consumerThatDoesNotPollIsNoticedUntilItHasStopped() {
		assertThat(this.watch.longestSincePoll()).isEmpty();
		look(1, Duration.ofMinutes(2));
		assertThat(this.watch.longestSincePoll())
			.hasValueSatisfying((time) -> assertThat(time).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4)));
		this.watch.forget(this.consumer);
		assertThat(this.watch.longestSincePoll()).isEmpty();
	}

	private void look(int generation, Duration ago) {
		given(this.consumer.subscription()).willReturn(Set.of("in"));
		given(this.consumer.assignment()).willReturn(Set.of());
		ConsumerGroupMetadata group = mock(ConsumerGroupMetadata.class);
		given(group.generationId()).willReturn(generation);
		given(this.consumer.groupMetadata()).willReturn(group);
		this.watch.look(this.consumer, System.nanoTime() - ago.toNanos());
	}

}
