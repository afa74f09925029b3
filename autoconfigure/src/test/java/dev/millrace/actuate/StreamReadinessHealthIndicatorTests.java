package dev.millrace.actuate;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.Ordering;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Timer;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.listener.Surroundings;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link StreamReadinessHealthIndicator}.
 */
class StreamReadinessHealthIndicatorTests {

	private final SubscriberRuntimes subscribers = new SubscriberRuntimes();

	private final MessageListenerContainer container = mock();

	private final StreamReadinessHealthIndicator indicator = new StreamReadinessHealthIndicator(this.subscribers,
			(id) -> this.container, Duration.ofSeconds(30));

	@Test
	void subscriberWhoseConsumersHaveNotJoinedIsNotReady() {
		add();
		given(this.container.isRunning()).willReturn(true);
		given(this.container.isInExpectedState()).willReturn(true);
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsEntry("id", Map.of("notInGroup", "group"));
	}

	@Test
	void subscriberThatWasStoppedIsNoReason() {
		add();
		given(this.container.isInExpectedState()).willReturn(true);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void subscriberThatHasStoppedBecauseOfAnErrorIsOne() {
		add();
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsEntry("id", Map.of("stopped", "because of an error"));
	}

	private void add() {
		this.subscribers.add(new SubscriberRuntime(TestEndpoint.publishing(), null, LaneSelector.of(Ordering.KEY),
				Runnable::run, Timer.SYSTEM, Surroundings.NONE));
	}

	private Health health() {
		Health health = this.indicator.health();
		assertThat(health).isNotNull();
		return health;
	}

}
