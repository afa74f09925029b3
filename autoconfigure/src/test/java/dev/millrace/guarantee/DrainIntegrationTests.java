package dev.millrace.guarantee;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Stop of an application whose handlers are all busy.
 */
@Timeout(120)
class DrainIntegrationTests {

	private static final int LANES = 200;

	@Test
	@DisplayName("19: graceful stop with 200 records in flight")
	void whatRunsIsFinishedAndCommittedAndNothingStartsOrLivesOn() {
		HandlingLog log = new HandlingLog((handling) -> LockSupport.parkNanos(50_000_000));
		// A lane for each partition: what has started is then always the first that is
		// not committed, and nothing has to be handled again.
		try (Trial trial = new Trial(TestCluster.shared(), LANES, Protocol.EAGER, log,
				"millrace.subscriber.concurrency=" + LANES, "spring.kafka.consumer.client-id=drained",
				"spring.threads.virtual.enabled=false")) {
			Set<Thread> before = Thread.getAllStackTraces().keySet();
			TestApplication member = trial.join("only");
			// Murmur spreads keys unevenly: many, so that every partition has its share.
			trial.send(LANES * 50, LANES * 50);
			await().until(() -> running(log) == LANES);

			long begin = System.nanoTime();
			trial.leave(member);
			Duration took = Duration.ofNanos(System.nanoTime() - begin);

			int started = log.started();
			assertThat(running(log)).as("records that still run").isZero();
			assertThat(trial.committed()).isEqualTo(started).isLessThan(LANES * 50);
			assertThat(took).isLessThan(Trial.DRAIN);
			await().atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(threads(trial, before)).as("threads that live on").isEmpty());
			assertThat(log.started()).as("records that started after the stop").isEqualTo(started);
			Claim.assertHold(trial.history(),
					EnumSet.complementOf(EnumSet.of(Claim.NO_LOSS, Claim.COMMITTED_TO_THE_END)));
			trial.join("next");
			trial.awaitDrained();
			Claim.assertHold(trial.history(), EnumSet.allOf(Claim.class));
		}
	}

	@Test
	@DisplayName("19: what is finished behind a record that had not started is handled again")
	void orderOfKeysRepeatsWhatIsFinishedBehindARecordThatHadNotStarted() {
		Gates gates = new Gates();
		HandlingLog log = new HandlingLog((handling) -> {
			if (handling.key().equals("key-0") && handling.instance().equals("first")) {
				gates.pass(handling);
			}
		});
		try (Trial trial = new Trial(TestCluster.shared(), 1, Protocol.EAGER, log,
				"millrace.subscriber.ordering=key")) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			TestApplication first = trial.join("first");
			trial.send(20, 10);
			await().until(() -> log.started() == 19 && running(log) == 1);
			Thread stop = new Thread(() -> trial.leave(first));
			stop.start();
			// Let go only when the stop is waiting for it: 10, of the same key, never
			// starts.
			await().until(() -> stop.getState() != Thread.State.NEW && !first.container("recorder").isRunning());
			await().during(Duration.ofSeconds(1)).until(stop::isAlive);
			gates.pass("first", partition, 1);
			await().until(() -> !stop.isAlive());
			assertThat(trial.committed()).isEqualTo(10);

			trial.join("second");
			trial.awaitDrained();
			assertThat(log.of("second")).extracting(Handling::offset)
				.containsExactlyInAnyOrder(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
			Claim.assertHold(trial.history(), EnumSet.complementOf(
					EnumSet.of(Claim.NO_DUPLICATES, Claim.ORDER_OF_A_PARTITION, Claim.ONE_OF_A_PARTITION_AT_A_TIME)));
		}
	}

	private static long running(HandlingLog log) {
		return log.all().stream().filter((handling) -> !handling.isEnded()).count();
	}

	// Consumers are known by the group and the client id, containers by the subscriber,
	// handlers by their prefix.
	private static List<String> threads(Trial trial, Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("recorder-") || name.startsWith("millrace-") || name.contains(trial.topic)
					|| name.contains("drained"))
			.sorted()
			.toList();
	}

}
