package dev.millrace.guarantee;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A network that is slower than the session, and one that breaks. All clients, the test's
 * too, reach the broker through it.
 */
@Timeout(120)
class NetworkIntegrationTests {

	private static final Duration SESSION = Duration.ofSeconds(2);

	// Nothing is owed for longer than the clients take to find each other again.
	private static final Duration RECOVERY = Duration.ofSeconds(30);

	private static final Set<Claim> CLAIMS = EnumSet.of(Claim.NO_LOSS, Claim.DUPLICATES_ARE_UNCOMMITTED,
			Claim.COMMITTED_TO_THE_END, Claim.NOTHING_UNFINISHED_IS_COMMITTED);

	private static TcpProxy network;

	private static EmbeddedBroker broker;

	private static TestCluster cluster;

	@BeforeAll
	static void start() {
		network = new TcpProxy();
		broker = EmbeddedBroker.start(BrokerSettings.defaults()
			.withPort(0)
			.withProperties(Map.of("advertised.listeners", "PLAINTEXT://localhost:" + network.port(),
					"group.min.session.timeout.ms", "1000", "group.consumer.min.session.timeout.ms", "1000",
					"group.consumer.session.timeout.ms", "" + SESSION.toMillis(),
					"group.consumer.min.heartbeat.interval.ms", "300", "group.consumer.heartbeat.interval.ms", "300")));
		network.forwardTo(broker.port());
		cluster = new TestCluster("localhost:" + network.port());
	}

	@AfterAll
	static void stop() {
		network.mend();
		network.delay(Duration.ZERO);
		cluster.close();
		broker.close();
		network.close();
	}

	@ParameterizedTest(name = "18: latency above the session timeout, {0}")
	@EnumSource(names = { "EAGER", "CONSUMER" })
	void latencyAboveTheSessionTimeoutLosesNothing(Protocol protocol) {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(5);
		try (Trial trial = trial(protocol, log)) {
			TestApplication member = trial.join("only");
			trial.send(2000, 20);
			trial.awaitHandlings(200);
			long epoch = latestEpoch(member);
			network.delay(SESSION.plusSeconds(1));
			// There and back takes three sessions: the broker gives the member up.
			long begin = System.nanoTime();
			await().pollInterval(Duration.ofMillis(100))
				.atMost(Duration.ofSeconds(20))
				.until(() -> System.nanoTime() - begin > SESSION.multipliedBy(3).toNanos());
			network.delay(Duration.ZERO);
			await().atMost(RECOVERY).until(() -> latestEpoch(member) > epoch);
			finish(trial);
		}
	}

	@ParameterizedTest(name = "18: connections are cut, {0}")
	@EnumSource(names = { "COOPERATIVE", "CONSUMER" })
	void connectionsThatAreCutLoseNothing(Protocol protocol) {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(5);
		try (Trial trial = trial(protocol, log)) {
			trial.join("first");
			trial.join("second");
			trial.send(2000, 20);
			for (int i = 1; i <= 3; i++) {
				trial.awaitHandlings(200 * i);
				network.cut();
				network.mend();
			}
			finish(trial);
		}
		finally {
			network.mend();
		}
	}

	private static Trial trial(Protocol protocol, HandlingLog log) {
		String[] properties = (protocol != Protocol.CONSUMER)
				? new String[] { "millrace.subscriber.properties[session.timeout.ms]=" + SESSION.toMillis() }
				: new String[0];
		return new Trial(cluster, 4, protocol, log, properties);
	}

	private static void finish(Trial trial) {
		trial.send(200, 20);
		long end = cluster.end(trial.topic);
		await().atMost(RECOVERY).ignoreExceptions().until(() -> trial.committed() == end);
		Claim.assertHold(trial.history(), CLAIMS);
		assertThat(trial.log.started()).isGreaterThanOrEqualTo(2200);
	}

	private static long latestEpoch(TestApplication member) {
		Recorder recorder = member.bean(Recorder.class);
		return recorder.owned().stream().mapToLong(recorder::epoch).max().orElse(Handling.UNOWNED);
	}

}
