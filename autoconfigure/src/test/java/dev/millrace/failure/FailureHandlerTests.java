package dev.millrace.failure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.millrace.AckPolicy;
import dev.millrace.NackRecord;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RunContext;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.endpoint.Backoff;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.ErrorReplies;
import dev.millrace.publisher.ForwardObserver;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a record waits that nobody lives to see again.
 */
class FailureHandlerTests {

	private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

	private final Clock clock = Clock.fixed(Instant.ofEpochMilli(100_000), ZoneOffset.UTC);

	private final List<Duration> delays = new ArrayList<>();

	@Test
	void maxTimeMayBeAsLongAsItLikes() {
		fail(new IllegalStateException("why"), settings(FOREVER, Duration.ofMinutes(1)));

		assertThat(this.delays).containsExactly(Duration.ofSeconds(1));
	}

	@Test
	void noDelayIsTooLong() {
		fail(new IllegalStateException("why"), settings(null, FOREVER));
		fail(new NackRecord(FOREVER), settings(null, Duration.ofMinutes(1)));

		assertThat(this.delays).hasSize(2).first().isEqualTo(Duration.ofSeconds(1));
		assertThat(this.delays.get(1)).isGreaterThan(Duration.ofDays(365));
		assertThat(this.clock.instant().plus(this.delays.get(1)).toEpochMilli()).isPositive();
		assertThat(this.delays.get(1).toNanos()).isPositive();
	}

	@Test
	void recordIsNotTriedAgainWhenItsTimeIsOver() {
		fail(new IllegalStateException("why"), settings(Duration.ZERO, Duration.ofMinutes(1)));

		assertThat(this.delays).isEmpty();
	}

	private static RetrySettings settings(@Nullable Duration maxTime, Duration maxDelay) {
		RetrySettings retry = TestEndpoint.delivery(AckPolicy.ACK_ON_SUCCESS).retry();
		return new RetrySettings(retry.attempts(), maxTime, new Backoff(Duration.ofSeconds(1), 2, maxDelay, 0),
				retry.failures(), retry.mode(), retry.topic(), retry.keepOrder());
	}

	private void fail(Throwable failure, RetrySettings retry) {
		DeliverySettings settings = TestEndpoint.delivery(AckPolicy.ACK_ON_SUCCESS);
		SubscriberEndpoint endpoint = TestEndpoint.of(new DeliverySettings(settings.ackPolicy(), settings.exactlyOnce(),
				settings.unmatched(), settings.reply(), retry, settings.deadLetter()));
		RetryStrategy strategy = (record, delay, cause, next) -> this.delays.add(delay);
		DeadLetterPublisher deadLetters = new DeadLetterPublisher(endpoint, new OnePartition(),
				(records, confirmed) -> confirmed.completed(List.of(), null), Runnable::run, ForwardObserver.NONE);
		FailureHandler failures = new FailureHandler(endpoint, deadLetters,
				new ErrorReplies(null, (records, confirmed) -> confirmed.completed(List.of(), null), Runnable::run),
				strategy, strategy, new SubscriberMonitor(), this.clock, RunContext.NONE);
		Lanes lanes = new Lanes((partition, record) -> record, Runnable::run, 1, Double.POSITIVE_INFINITY,
				Timer.SYSTEM);
		List<Throwable> thrown = new ArrayList<>();
		new Assignment(lanes, (record) -> {
			try {
				failures.failed(record, failure, (again) -> null);
			}
			catch (RuntimeException ex) {
				thrown.add(ex);
			}
			return null;
		}, () -> new WindowLimits(10, 5, false), () -> {
		}).add(new TopicPartition("in", 0), List.of(new ConsumerRecord<>("in", 0, 17, new byte[0], new byte[0])));
		assertThat(thrown).isEmpty();
	}

	/**
	 * Topics with one partition.
	 */
	private static final class OnePartition implements DerivedTopics {

		@Override
		public CompletionStage<Integer> partitions(DerivedTopic topic) {
			return CompletableFuture.completedFuture(1);
		}

		@Override
		public void forget(String topic) {
		}

	}

}
