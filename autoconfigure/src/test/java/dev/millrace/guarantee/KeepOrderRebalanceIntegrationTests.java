package dev.millrace.guarantee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records that wait in a topic behind an earlier one of their key, while partitions come
 * and go.
 */
@Timeout(180)
class KeepOrderRebalanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int KEYS = 24;

	private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

	@ParameterizedTest
	@EnumSource
	void noneOvertakesWhileMembersComeAndGo(Protocol protocol) {
		HandlingLog pace = HandlingLog.ofHandlersThatTakeUpTo(2);
		HandlingLog log = new HandlingLog((handling) -> {
			pace.handle(handling);
			int attempt = this.attempts.merge(handling.key() + ":" + handling.seq(), 1, Integer::sum);
			if (handling.seq() % 11 == 3 && attempt <= 2) {
				throw new IllegalStateException("refused");
			}
		});
		try (Trial trial = new Trial(TestCluster.shared(), 4, protocol, log, "millrace.subscriber.ordering=key",
				"millrace.subscriber.consumers=2", "millrace.subscriber.window.high=100",
				"spring.kafka.consumer.max-poll-records=50", "millrace.subscriber.retry.mode=topic",
				"millrace.subscriber.retry.keep-order=true", "millrace.subscriber.retry.topic=${in}-retry",
				"logging.level.dev.millrace.failure=error")) {
			TestApplication first = trial.join("first");
			trial.sendSteadily(KEYS);
			trial.awaitHandlings("first", 200);
			TestApplication second = trial.join("second");
			trial.awaitHandlings("second", 200);
			trial.leave(first);
			trial.join("third");
			trial.awaitHandlings("third", 200);
			trial.leave(second);
			trial.stopSending();
			trial.awaitDrained();
			String retries = trial.topic + "-retry";
			await().atMost(LONG)
				.until(() -> trial.cluster.committed(trial.topic, retries) == trial.cluster.end(retries));
			History history = trial.history();
			Claim.assertHold(history, Set.of(Claim.NO_LOSS, Claim.ONLY_OWNERS_START, Claim.COMMITTED_TO_THE_END));
			assertThat(log.failed()).hasSizeGreaterThan(KEYS);
			assertThat(new Oracle(history).overtaking(log.failed(), Handling::key, Handling::seq)).isEmpty();
			assertThat(new Oracle(history.with(log.failed())).overlaps(Handling::key)).isEmpty();
		}
	}

	@Test
	void noneOvertakesWhenTheApplicationIsKilledWhileRecordsWait() throws Exception {
		TestCluster cluster = TestCluster.shared();
		String in = cluster.newTopic("order-killed-in", 3);
		String out = cluster.newTopic("order-killed-out", 1);
		int records = 3000;
		IntStream.range(0, records).forEach((i) -> cluster.sendLater(in, "key-" + i % 40, (i % 40) + ":" + i / 40));
		cluster.flush();
		for (int killed = 1; killed <= 2; killed++) {
			int least = killed * records / 4;
			Process process = start(cluster, in, out);
			await().pollInterval(Duration.ofMillis(20)).atMost(LONG).until(() -> cluster.end(out) > least);
			process.destroyForcibly().waitFor();
			assertThat(cluster.end(in + "-retry")).as("retries when it was killed")
				.isGreaterThan(Math.max(0, cluster.committed("test.crash", in + "-retry")));
		}
		assertThat(cluster.end(out)).as("replies when it was killed").isLessThan(records);
		Process last = start(cluster, in, out);
		try {
			await().atMost(LONG)
				.until(() -> cluster.committed("test.crash", in) == records
						&& cluster.committed("test.crash", in + "-retry") == cluster.end(in + "-retry"));
		}
		finally {
			last.destroyForcibly().waitFor();
		}
		Map<String, List<Integer>> firsts = new HashMap<>();
		for (ConsumerRecord<byte[], byte[]> reply : cluster.read(out)) {
			String[] body = TestCluster.text(reply.value()).split(":");
			List<Integer> ofKey = firsts.computeIfAbsent(body[0], (key) -> new ArrayList<>());
			if (!ofKey.contains(Integer.valueOf(body[1]))) {
				ofKey.add(Integer.valueOf(body[1]));
			}
		}
		assertThat(firsts).hasSize(40);
		assertThat(firsts.values())
			.allSatisfy((ofKey) -> assertThat(ofKey).isEqualTo(IntStream.range(0, 75).boxed().toList()));
	}

	private static Process start(TestCluster cluster, String in, String out) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
				System.getProperty("java.class.path"), KeepOrderCrashApplication.class.getName(),
				cluster.bootstrapServers(), in, out)
			.redirectErrorStream(true)
			.redirectOutput(new File("target/keep-order-crash-application.log"))
			.start();
	}

}
