package dev.millrace.listener;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.ManualTimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConsumerDelay}.
 */
class ConsumerDelayTests {

	private static final TopicPartition P0 = new TopicPartition("t", 0);

	private static final TopicPartition P1 = new TopicPartition("t", 1);

	private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

	private final MessageListenerContainer container = mock(MessageListenerContainer.class);

	private final ManualTimer timer = new ManualTimer();

	private final OwnedPartitions owned = new OwnedPartitions(this.consumer);

	private final ConsumerDelay delay = new ConsumerDelay(this.consumer, this.owned, this.container, this.timer);

	@Test
	void partitionThatSomebodyElseHasPausedIsNotResumed() {
		this.consumer.assign(List.of(P0, P1));
		this.consumer.pause(List.of(P1));
		this.delay.begin(Duration.ofSeconds(1));
		this.delay.apply(false);
		assertThat(this.consumer.paused()).containsExactlyInAnyOrder(P0, P1);
		this.timer.advance(Duration.ofSeconds(1));
		this.delay.apply(false);
		assertThat(this.consumer.paused()).containsExactly(P1);
	}

	@Test
	void partitionThatIsLeavingIsLeftAlone() {
		this.consumer.assign(List.of(P0, P1));
		this.owned.gaveUp(List.of(P1));
		this.delay.apply(true);
		assertThat(this.consumer.paused()).containsExactly(P0);
	}

	@Test
	void partitionIsResumedAfterAPauseThatWasOrderedAndCalledOff() {
		this.consumer.assign(List.of(P0));
		this.delay.apply(true);
		given(this.container.isPauseRequested()).willReturn(true);
		this.delay.apply(false);
		assertThat(this.consumer.paused()).containsExactly(P0);
		given(this.container.isPauseRequested()).willReturn(false);
		this.delay.apply(false);
		assertThat(this.consumer.paused()).isEmpty();
	}

}
