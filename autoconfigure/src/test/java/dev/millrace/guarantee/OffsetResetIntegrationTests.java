package dev.millrace.guarantee;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where a subscriber begins when somebody has moved or deleted its committed offset.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class OffsetResetIntegrationTests {

	private static final int RECORDS = 20;

	private final TestCluster cluster = TestCluster.shared();

	@ParameterizedTest(name = "9: {0}")
	@MethodSource
	void subscriberBeginsExactlyAt(Case moved) throws Exception {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(0);
		try (Trial trial = new Trial(this.cluster, 1, Protocol.EAGER, log,
				"millrace.subscriber.auto-offset-reset=" + moved.reset())) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			trial.send(RECORDS, 5);
			move(trial.topic, partition, RECORDS / 2L);
			trial.leave(joinAndHandleAll(trial, partition));
			assertThat(trial.committed()).isEqualTo(RECORDS);
			move(trial.topic, partition, moved.committed());
			int before = log.started();

			TestApplication second = trial.join("second");
			await().until(() -> second.bean(Positions.class).position(partition) == RECORDS);
			// Handled last, because a partition has an order.
			trial.send(1, 5);
			trial.awaitDrained();

			assertThat(log.started()).isEqualTo(before + log.of("second").size());
			assertThat(log.of("second")).extracting(Handling::offset)
				.containsExactlyInAnyOrder(LongStream.rangeClosed(moved.first(), RECORDS).boxed().toArray(Long[]::new));
			Claim.assertHold(trial.history(), EnumSet.of(Claim.ONE_OF_A_PARTITION_AT_A_TIME, Claim.ONLY_OWNERS_START,
					Claim.COMMITTED_TO_THE_END));
		}
	}

	static Stream<Case> subscriberBeginsExactlyAt() {
		return Stream.of(new Case("moved back", 12L, "none", 12), new Case("moved ahead", 20L, "none", 20),
				new Case("moved to the beginning", 0L, "latest", 0),
				new Case("moved behind the end, earliest", 100L, "earliest", 0),
				new Case("moved behind the end, latest", 100L, "latest", RECORDS),
				new Case("deleted, earliest", null, "earliest", 0),
				new Case("deleted, latest", null, "latest", RECORDS));
	}

	@ParameterizedTest(name = "9: no reset, deleted offset: {0}")
	@ValueSource(booleans = { true, false })
	void containerFailsVisiblyWhenThereIsNoOffsetAndNoReset(boolean deleted, CapturedOutput output) throws Exception {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(0);
		try (Trial trial = new Trial(this.cluster, 1, Protocol.EAGER, log,
				"millrace.subscriber.auto-offset-reset=none")) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			trial.send(RECORDS, 5);
			move(trial.topic, partition, deleted ? null : 100L);

			MessageListenerContainer container = trial.start("second").container("recorder");

			await().until(() -> !container.isInExpectedState());
			assertThat(container.isRunning()).isFalse();
			assertThat(output).contains(deleted ? "No offset and no reset policy" : "has no offset to begin at");
			assertThat(log.started()).isZero();
			assertThat(trial.committed()).isEqualTo(deleted ? 0 : 100);
		}
	}

	private static TestApplication joinAndHandleAll(Trial trial, TopicPartition partition) {
		TestApplication member = trial.join("first");
		await().until(() -> member.bean(Positions.class).position(partition) == RECORDS);
		trial.awaitHandlings(RECORDS / 2);
		trial.awaitDrained();
		return member;
	}

	private void move(String group, TopicPartition partition, Long offset) throws Exception {
		if (offset != null) {
			this.cluster.admin()
				.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
				.all()
				.get();
		}
		else if (this.cluster.committedOffsets(group).containsKey(partition)) {
			this.cluster.admin().deleteConsumerGroupOffsets(group, Set.of(partition)).all().get();
		}
		assertThat(this.cluster.committedOffsets(group)).extractingByKey(partition).isEqualTo(offset);
	}

	/**
	 * What was done to the committed offset of a partition of 20 records.
	 *
	 * @param name what was done
	 * @param committed the committed offset, or null when it was deleted
	 * @param reset the reset policy
	 * @param first the first record that is to be handled
	 */
	record Case(String name, Long committed, String reset, long first) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
