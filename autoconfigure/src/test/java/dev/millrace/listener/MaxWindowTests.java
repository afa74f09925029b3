package dev.millrace.listener;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Ordering;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.ManualTimer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The window bounds what lies between the poll and the acknowledged commit, whatever the
 * handlers and the producers do.
 */
class MaxWindowTests {

	private static final int HIGH = 100;

	private static final int LOW = 40;

	private static final TopicPartition P0 = BrokerModel.P0;

	private static final TopicPartition P1 = BrokerModel.P1;

	private final BrokerModel broker = new BrokerModel();

	@ParameterizedTest
	@EnumSource
	void handlerThatBlocksForEverHoldsNoMoreThanTheWindowWhileProducersGoOn(Ordering ordering) {
		ListenerFixture application = new ListenerFixture(this.broker, ListenerFixture.flow(ordering, 10, HIGH, LOW));
		for (int round = 0; round < 100; round++) {
			application.send(P0, 70);
			application.poll();
			application.run();
		}
		assertThat(application.consumer.position(P0)).isBetween((long) HIGH,
				(long) HIGH + ListenerFixture.MAX_POLL_RECORDS - 1);
		assertThat(application.consumer.paused()).containsExactly(P0);
		assertThat(application.handled).hasSize((ordering == Ordering.PARTITION) ? 1 : 10);
		assertThat(this.broker.committed(P0)).isZero();
	}

	@Test
	void partitionWhoseHandlerBlocksHoldsNoOtherUp() {
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.PARTITION, 2, HIGH, LOW));
		application.send(P0, 1000);
		for (int round = 0; round < 10; round++) {
			application.poll();
			application.run();
		}
		application.finishing().send(P1, 1000);
		for (int round = 0; round < 100; round++) {
			application.poll();
			application.run();
		}
		assertThat(this.broker.committed(P1)).isEqualTo(1000);
		assertThat(this.broker.committed(P0)).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void windowHoldsAtEveryStepAndPausedPartitionsGoOnBelowTheLowMark(Ordering ordering) {
		Random random = new Random(ordering.ordinal());
		ListenerFixture application = new ListenerFixture(this.broker, ListenerFixture.flow(ordering, 30, HIGH, LOW));
		application.send(P0, 2000);
		application.send(P1, 2000);
		boolean paused = false;
		int rounds = 0;
		while (!this.broker.uncommitted().isEmpty()) {
			assertThat(++rounds).as("rounds").isLessThan(10_000);
			finishSome(application, random);
			application.poll();
			application.run();
			for (TopicPartition partition : BrokerModel.PARTITIONS) {
				long size = application.consumer.position(partition) - this.broker.committed(partition);
				assertThat(size).isLessThan(HIGH + ListenerFixture.MAX_POLL_RECORDS);
			}
			paused |= !application.consumer.paused().isEmpty();
		}
		assertThat(paused).isTrue();
		assertThat(application.handledCoordinates()).hasSize(4000).doesNotHaveDuplicates();
	}

	@Test
	void acknowledgedCommitEndsThePollOnlyWhileAPartitionIsPaused() {
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.NONE, HIGH, HIGH, LOW));
		application.send(P0, HIGH / 2);
		application.poll();
		application.run();
		finishAll(application);
		application.poll();
		assertThat(this.broker.committed(P0)).isEqualTo(HIGH / 2);
		assertThat(application.consumer.wakeUps).isZero();
		application.send(P0, HIGH);
		application.poll();
		application.poll();
		application.run();
		assertThat(application.consumer.position(P0)).isEqualTo(HIGH + HIGH / 2);
		finishAll(application);
		application.poll();
		assertThat(application.consumer.wakeUps).isPositive();
	}

	@Test
	void partitionIsPausedAgainWhenSomebodyElseHasResumedIt() {
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.NONE, 10, HIGH, LOW));
		application.send(P0, 1000);
		for (int round = 0; round < 10; round++) {
			application.consumer.resume(application.consumer.paused());
			application.poll();
		}
		assertThat(application.consumer.position(P0)).isEqualTo(HIGH);
	}

	@Test
	void nothingIsFetchedDuringShortPausesOfAPartitionThatHasRunDryBehindOne() {
		ManualTimer timer = new ManualTimer();
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.NONE, HIGH, HIGH, LOW), timer);
		fill(application);
		assertThat(application.consumer.paused()).containsExactly(P0);
		finishAll(application);
		application.poll();
		application.poll();
		assertThat(application.consumer.paused()).as("It has nothing more to do").isEmpty();

		fill(application);
		assertThat(application.consumer.paused()).containsExactlyInAnyOrderElementsOf(BrokerModel.PARTITIONS);
		application.beforePoll();
		int wakeUps = application.consumer.wakeUps;
		timer.advance(Duration.ofMillis(250));
		assertThat(application.consumer.wakeUps).isEqualTo(wakeUps + 1);
		application.poll();
		application.poll();
		assertThat(application.consumer.paused()).as("The pause is not short").containsExactly(P0);
	}

	@Test
	void nobodyIsWokenForAPauseThatIsOver() {
		ManualTimer timer = new ManualTimer();
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.NONE, HIGH, HIGH, LOW), timer);
		for (int pause = 0; pause < 2; pause++) {
			fill(application);
			application.poll();
			finishAll(application);
			application.poll();
			application.poll();
		}
		assertThat(application.consumer.paused()).isEmpty();
		application.beforePoll();
		int wakeUps = application.consumer.wakeUps;
		timer.advance(Duration.ofMillis(250));
		assertThat(application.consumer.wakeUps).isEqualTo(wakeUps);
	}

	@Test
	void partitionThatSomebodyElseHasPausedIsNotResumed() {
		ManualTimer timer = new ManualTimer();
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.NONE, HIGH, HIGH, LOW), timer);
		application.consumer.pause(List.of(P1));
		for (int pause = 0; pause < 2; pause++) {
			fill(application);
			application.poll();
			finishAll(application);
			application.poll();
			application.poll();
			assertThat(application.consumer.paused()).containsExactly(P1);
		}
	}

	@Test
	void partitionIsResumedAfterAPauseThatWasOrderedAndCalledOff() {
		ListenerFixture application = new ListenerFixture(this.broker,
				ListenerFixture.flow(Ordering.NONE, HIGH, HIGH, LOW));
		fill(application);
		assertThat(application.consumer.paused()).containsExactly(P0);
		finishAll(application);
		application.pauseRequested = true;
		application.poll();
		application.poll();
		application.pauseRequested = false;
		application.poll();
		assertThat(application.consumer.paused()).isEmpty();
	}

	private static void fill(ListenerFixture application) {
		application.send(P0, HIGH);
		for (int i = 0; i < HIGH / ListenerFixture.MAX_POLL_RECORDS; i++) {
			application.poll();
		}
		application.run();
		application.beforePoll();
	}

	private static void finishAll(ListenerFixture application) {
		List.copyOf(application.running.keySet()).forEach(application::finish);
	}

	private static void finishSome(ListenerFixture application, Random random) {
		List<InFlightRecord> running = application.running.keySet()
			.stream()
			.sorted(Comparator.comparing((record) -> BrokerModel.coordinates(record.record())))
			.toList();
		running.stream().filter((record) -> random.nextBoolean()).forEach(application::finish);
	}

}
