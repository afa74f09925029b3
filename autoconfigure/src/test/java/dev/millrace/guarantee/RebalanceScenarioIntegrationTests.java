package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What must hold while partitions move, scenario by scenario.
 */
@Timeout(120)
class RebalanceScenarioIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	@DisplayName("1: rolling restart of three instances")
	void rollingRestartLosesAndRepeatsNothing() {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(10);
		try (Trial trial = new Trial(this.cluster, 8, Protocol.EAGER, log)) {
			List<TestApplication> members = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				members.add(trial.join("old-" + i));
			}
			trial.send(10_000, 100);
			trial.awaitHandlings(5000);
			for (int i = 0; i < 3; i++) {
				trial.leave(members.get(i));
				trial.join("new-" + i);
			}
			trial.awaitDrained();
			Claim.assertHold(trial.history(), EnumSet.allOf(Claim.class));
			assertThat(log.all()).extracting(Handling::instance).contains("old-0", "old-1", "old-2", "new-0");
		}
	}

	@Test
	@DisplayName("4: the same partition comes back while a record of it runs")
	void recordOfTheEarlierAssignmentRunsAloneAndItsEndDoesNotCount() {
		Gates gates = new Gates();
		HandlingLog log = new HandlingLog(gates::pass);
		try (Trial trial = new Trial(this.cluster, 1, Protocol.EAGER, log, "millrace.subscriber.ordering=key",
				"millrace.shutdown.timeout=500ms")) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			TestApplication member = trial.join("only");
			trial.send(1, 1);
			trial.awaitHandlings(1);
			long epoch = member.bean(Recorder.class).epoch(partition);

			member.container("recorder").enforceRebalance();

			await().atMost(Duration.ofSeconds(20)).until(() -> member.bean(Recorder.class).epoch(partition) > epoch);
			await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> log.started() == 1);
			gates.pass("only", partition, 1);
			trial.awaitHandlings(2);
			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> trial.committed() == 0);
			gates.pass("only", partition, 1);
			trial.awaitDrained();
			assertThat(log.started()).isEqualTo(2);
			Claim.assertHold(trial.history(), EnumSet.complementOf(EnumSet.of(Claim.NO_DUPLICATES)));
		}
	}

	@ParameterizedTest(name = "5: finished records are committed in the revocation, {0}")
	@EnumSource
	void nextOwnerHandlesNothingThatIsFinished(Protocol protocol) {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(0);
		try (Trial trial = new Trial(this.cluster, 4, protocol, log, "millrace.subscriber.commit-interval=1h")) {
			TestApplication first = trial.join("first");
			trial.send(100, 10);
			await().until(() -> log.all().stream().filter(Handling::isEnded).count() == 100);
			assertThat(trial.committed()).as("before the revocation").isZero();

			TestApplication second = trial.join("second");
			trial.leave(first);
			await().atMost(Duration.ofSeconds(20)).until(() -> Trial.owned(second).size() == 4);
			trial.send(20, 10);
			trial.awaitHandlings(120);
			trial.leave(second);

			assertThat(log.of("second")).hasSize(20).allMatch((handling) -> handling.seq() >= 10);
			Claim.assertHold(trial.history(), EnumSet.allOf(Claim.class));
		}
	}

	@Test
	@DisplayName("6: a handler outlives the rebalance")
	void handlerThatOutlivesTheRebalanceDoesNotHoldItUpAndItsEndDoesNotCount() {
		Gates gates = new Gates();
		HandlingLog log = new HandlingLog(gates::pass);
		try (Trial trial = new Trial(this.cluster, 2, Protocol.COOPERATIVE, log, "millrace.shutdown.timeout=1s")) {
			trial.join("first");
			trial.send(16, 16);
			trial.awaitHandlings("first", 2);

			TestApplication second = trial.start("second");
			await().atMost(Duration.ofSeconds(11)).until(() -> Trial.owned(second).size() == 1);
			TopicPartition moved = Trial.owned(second).get(0);
			trial.awaitHandlings("second", 1);
			gates.pass("first", moved, 1);
			await().until(() -> log.of(moved, 0).stream().filter(Handling::isEnded).count() == 1);
			await().during(Duration.ofSeconds(1))
				.atMost(Duration.ofSeconds(2))
				.until(() -> trial.committed(moved) == 0);

			gates.open();
			trial.awaitDrained();
			assertThat(log.of(moved, 0)).extracting(Handling::instance).containsExactlyInAnyOrder("first", "second");
			assertThat(log.started()).as("the record that moved, once more").isEqualTo(17);
			Claim.assertHold(trial.history(), EnumSet.of(Claim.NO_LOSS, Claim.ORDER_OF_A_PARTITION,
					Claim.ONLY_OWNERS_START, Claim.DUPLICATES_ARE_UNCOMMITTED, Claim.NOTHING_UNFINISHED_IS_COMMITTED));
		}
	}

	@Test
	@DisplayName("7: retained partitions that the window has paused")
	void partitionsThatArePausedDuringARebalanceGoOnAfterIt() {
		Gates gates = new Gates();
		HandlingLog log = new HandlingLog(gates::pass);
		try (Trial trial = new Trial(this.cluster, 6, Protocol.COOPERATIVE, log, "millrace.shutdown.timeout=500ms",
				"millrace.subscriber.window.high=20", "spring.kafka.consumer.max-poll-records=10")) {
			TestApplication first = trial.join("first");
			trial.send(2400, 240);
			PausedFlow flow = new PausedFlow(trial, gates);
			flow.goesOn(6, first);
			TestApplication second = trial.join("second");
			flow.goesOn(6, first, second);
			TestApplication third = trial.join("third");
			flow.goesOn(6, first, second, third);
			trial.leave(second);
			trial.leave(third);
			flow.goesOn(6, first);
			gates.open();
			trial.awaitDrained();
			Claim.assertHold(trial.history(), EnumSet.of(Claim.NO_LOSS, Claim.DUPLICATES_ARE_UNCOMMITTED,
					Claim.ORDER_OF_A_PARTITION, Claim.NOTHING_UNFINISHED_IS_COMMITTED));
		}
	}

	@ParameterizedTest(name = "22: a container that the application has paused, {0}")
	@EnumSource
	void containerThatIsPausedStaysSoOverARebalanceUntilItIsResumed(Protocol protocol) {
		Gates gates = new Gates();
		HandlingLog log = new HandlingLog(gates::pass);
		try (Trial trial = new Trial(this.cluster, 4, protocol, log, "millrace.subscriber.window.high=20",
				"spring.kafka.consumer.max-poll-records=10")) {
			TestApplication first = trial.join("first");
			trial.send(800, 80);
			// Paused by the window too, which must not resume what the application
			// paused.
			PausedFlow flow = new PausedFlow(trial, gates);
			flow.awaitPaused(first);
			first.container("recorder").pause();
			await().until(first.container("recorder")::isContainerPaused);
			gates.open();
			trial.awaitHandlings((int) flow.polled(first));
			TestApplication second = trial.join("second");
			trial.awaitHandlings("second", 1);
			trial.leave(second);
			await().atMost(Duration.ofSeconds(20)).until(() -> Trial.owned(first).size() == 4);
			int before = log.of("first").size();
			await().during(Duration.ofSeconds(2))
				.atMost(Duration.ofSeconds(4))
				.until(() -> log.of("first").size() == before);
			assertThat(before).isLessThanOrEqualTo(4 * 30);
			assertThat(first.container("recorder").isContainerPaused()).isTrue();

			first.container("recorder").resume();

			trial.awaitDrained();
			assertThat(log.of("first")).hasSizeGreaterThan(before);
			Claim.assertHold(trial.history(), EnumSet.allOf(Claim.class));
		}
	}

}
