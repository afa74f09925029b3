package dev.millrace.actuate;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.Ordering;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;
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

	private final MessageListenerContainer ofRetries = mock();

	private final StreamReadinessHealthIndicator indicator = new StreamReadinessHealthIndicator(this.subscribers,
			(id) -> id.endsWith("-retry") ? this.ofRetries : this.container, Duration.ofSeconds(30));

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

	@Test
	void subscriberWhoseRetryTopicIsReadNoMoreBecauseOfAnErrorIsOne() {
		add(TestEndpoint.publishing().withId("id-retry"));
		given(this.container.isInExpectedState()).willReturn(true);
		assertThat(health().getDetails()).containsEntry("id", Map.of("stopped", "because of an error"));
		given(this.ofRetries.isInExpectedState()).willReturn(true);
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	private void add() {
		add(null);
	}

	private void add(@Nullable SubscriberEndpoint retries) {
		this.subscribers.add(new SubscriberRuntime(TestEndpoint.publishing(), retries, LaneSelector.of(Ordering.KEY),
				Runnable::run, Timer.SYSTEM, Surroundings.NONE));
	}

	private Health health() {
		Health health = this.indicator.health();
		assertThat(health).isNotNull();
		return health;
	}

}
