package dev.millrace.dispatch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for changes of rate, concurrency and window while records are in flight.
 */
class RateTests {

	private static final TopicPartition P0 = EngineFixture.P0;

	private final EngineFixture engine = new EngineFixture(Ordering.NONE, 100, 1000, 500).finishing();

	@Test
	void asManyRecordsAreBegunAsTheRateAllows() {
		this.engine.lanes.maxRate(10);
		this.engine.poll(P0, LongStream.range(0, 50).toArray());
		for (int tenth = 0; tenth < 20; tenth++) {
			this.engine.run();
			assertThat(this.engine.handled).hasSize(tenth + 1);
			this.engine.timer.advance(Duration.ofMillis(100));
		}
	}

	@Test
	void whatWasNotUsedForLongIsNotMadeUpFor() {
		this.engine.lanes.maxRate(10);
		this.engine.timer.advance(Duration.ofMinutes(1));
		this.engine.poll(P0, LongStream.range(0, 50).toArray());
		this.engine.run();
		assertThat(this.engine.handled).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void higherRateAppliesToThoseThatWaitAlready() {
		this.engine.lanes.maxRate(0.001);
		this.engine.poll(P0, LongStream.range(0, 50).toArray());
		this.engine.run();
		assertThat(this.engine.handled).hasSize(1);
		this.engine.lanes.maxRate(Double.POSITIVE_INFINITY);
		this.engine.timer.advance(Duration.ofMillis(100));
		this.engine.run();
		assertThat(this.engine.handled).hasSize(50);
	}

	@Test
	void recordThatTheRateHoldsUpDoesNotBeginAfterItsPartitionWasGivenUp() {
		this.engine.lanes.maxRate(10);
		this.engine.poll(P0, 0, 1, 2);
		this.engine.run();
		this.engine.assignment.release(Set.of(P0), Duration.ZERO);
		this.engine.timer.advance(Duration.ofSeconds(10));
		this.engine.run();
		assertThat(this.engine.handled).hasSize(1);
		assertThat(this.engine.lanes.size()).isZero();
	}

	@Test
	void recordsThatWillNotRunDoNotCount() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500).finishing();
		engine.lanes.maxRate(10);
		engine.poll(P0, LongStream.range(0, 50).toArray());
		engine.run();
		engine.assignment.release(Set.of(P0), Duration.ZERO);
		engine.poll(P0, 1, 2);
		engine.timer.advance(Duration.ofMillis(100));
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(0L, 1L);
		engine.timer.advance(Duration.ofMillis(100));
		engine.run();
		assertThat(engine.handledOffsets()).containsExactly(0L, 1L, 2L);
	}

	@Test
	void recordThatFailsGoesBeforeOneThatTheRateHoldsUp() {
		EngineFixture engine = new EngineFixture(Ordering.PARTITION, 10, 1000, 500);
		engine.lanes.maxRate(1);
		engine.poll(P0, 0, 1, 2);
		engine.run();
		engine.finishing();
		engine.handled(0).retry(Duration.ZERO, engine.handler);
		for (int second = 0; second < 3; second++) {
			engine.timer.advance(Duration.ofSeconds(1));
			engine.run();
		}
		assertThat(engine.handledOffsets()).containsExactly(0L, 0L, 1L, 2L);
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void moreRecordsRunAsSoonAsTheConcurrencyIsRaised() {
		EngineFixture slow = new EngineFixture(Ordering.NONE, 1, 1000, 500).holding(new CompletableFuture<>());
		slow.poll(P0, LongStream.range(0, 10).toArray());
		slow.run();
		assertThat(slow.handled).hasSize(1);
		slow.lanes.concurrency(4);
		slow.run();
		assertThat(slow.handled).hasSize(4);
	}

	@Test
	void fewerRecordsRunWhenThoseThatDidHaveEnded() {
		CompletableFuture<Void> first = new CompletableFuture<>();
		EngineFixture slow = new EngineFixture(Ordering.NONE, 3, 1000, 500).holding(first);
		slow.poll(P0, LongStream.range(0, 10).toArray());
		slow.run();
		slow.lanes.concurrency(1);
		CompletableFuture<Void> second = new CompletableFuture<>();
		slow.holding(second);
		slow.handled.forEach(InFlightRecord::finish);
		first.complete(null);
		slow.run();
		assertThat(slow.handled).hasSize(4);
		slow.finishing();
		slow.handled.get(3).finish();
		second.complete(null);
		slow.run();
		assertThat(slow.handled).hasSize(10);
		assertThat(slow.lanes.size()).isZero();
	}

}
