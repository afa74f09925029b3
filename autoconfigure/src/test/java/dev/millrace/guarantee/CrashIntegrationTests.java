package dev.millrace.guarantee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Death of the application and of the broker.
 */
@Timeout(300)
class CrashIntegrationTests {

	private static final int RECORDS = 100_000;

	private static final int PARTITIONS = 6;

	private static final int WINDOW = 1000;

	private static final int POLL = 500;

	@Test
	void everyInputHasItsReplyAfterTheApplicationWasKilled() throws Exception {
		TestCluster cluster = TestCluster.shared();
		String in = cluster.newTopic("crash-in", PARTITIONS);
		String out = cluster.newTopic("crash-out", PARTITIONS);
		for (int i = 0; i < RECORDS; i++) {
			cluster.sendLater(in, "key-" + i, "" + i);
		}
		cluster.flush();
		Process first = start(cluster, in, out);
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(60))
			.until(() -> cluster.end(out) > RECORDS / 10);
		first.destroyForcibly().waitFor();
		assertThat(cluster.end(out)).as("replies when it was killed").isLessThan(RECORDS);
		Map<TopicPartition, Long> committed = cluster.committedOffsets("test.crash");
		Process second = start(cluster, in, out);
		try {
			await().atMost(Duration.ofSeconds(120)).until(() -> cluster.committed("test.crash", in) == RECORDS);
		}
		finally {
			second.destroyForcibly().waitFor();
		}
		Map<String, Integer> replies = new HashMap<>();
		cluster.read(out).forEach((reply) -> replies.merge(TestCluster.text(reply.value()), 1, Integer::sum));
		assertThat(replies.keySet()).isEqualTo(expected(cluster, in));
		List<String> duplicates = replies.entrySet()
			.stream()
			.filter((reply) -> reply.getValue() > 1)
			.map(Map.Entry::getKey)
			.toList();
		assertThat(duplicates).allMatch((reply) -> offset(reply) >= committed.getOrDefault(partition(in, reply), 0L))
			.allMatch((reply) -> offset(reply) < committed.getOrDefault(partition(in, reply), 0L) + WINDOW + POLL);
	}

	@Test
	@DisplayName("17: broker killed and started again")
	void flowGoesOnByItselfAfterTheBrokerWasKilledAndStartedAgain(@TempDir Path data) {
		try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults().withPort(0).withDataDirectory(data));
				TestCluster cluster = new TestCluster(broker.bootstrapServers())) {
			String in = cluster.newTopic("restart-in", 3);
			String out = cluster.newTopic("restart-out", 3);
			try (TestApplication application = TestApplication.start(broker.bootstrapServers(), Copy.class, "in=" + in,
					"out=" + out)) {
				Set<String> sent = new HashSet<>();
				send(cluster, in, sent, 0, 20_000);
				await().atMost(Duration.ofSeconds(30)).until(() -> cluster.end(out) > 1000);
				Map<String, Long> threads = clientThreads();
				broker.kill();
				broker.restart();
				send(cluster, in, sent, 20_000, 25_000);
				await().atMost(Duration.ofSeconds(90))
					.until(() -> cluster.committed("test.copy", in) == cluster.end(in));
				assertThat(cluster.values(out)).containsAll(sent);
				assertThat(application.container("copy").isRunning()).isTrue();
				// The same clients as before, and none beside them.
				await().untilAsserted(() -> assertThat(clientThreads()).isEqualTo(threads));
			}
		}
	}

	// Of consumers, producers, admin clients and containers. How many threads
	// handlers have depends on the load.
	private static Map<String, Long> clientThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map((thread) -> thread.getName().replaceAll("\\d+", "#"))
			.filter((name) -> name.startsWith("kafka-") || name.contains("-C-") || name.startsWith("consumer_"))
			.filter((name) -> !name.contains("shutdown"))
			.collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
	}

	private static void send(TestCluster cluster, String topic, Set<String> sent, int from, int to) {
		for (int i = from; i < to; i++) {
			cluster.sendLater(topic, "key-" + i, "" + i);
			sent.add("" + i);
		}
		cluster.flush();
	}

	private static Process start(TestCluster cluster, String in, String out) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
				System.getProperty("java.class.path"), CrashApplication.class.getName(), cluster.bootstrapServers(), in,
				out, "millrace.subscriber.window.high=" + WINDOW)
			.redirectErrorStream(true)
			.redirectOutput(new File("target/crash-application.log"))
			.start();
	}

	private static Set<String> expected(TestCluster cluster, String in) {
		Set<String> expected = new HashSet<>();
		for (ConsumerRecord<byte[], byte[]> record : cluster.read(in)) {
			expected.add(record.partition() + ":" + record.offset() + ":" + TestCluster.text(record.value()));
		}
		return expected;
	}

	private static TopicPartition partition(String topic, String reply) {
		return new TopicPartition(topic, Integer.parseInt(reply.split(":")[0]));
	}

	private static long offset(String reply) {
		return Long.parseLong(reply.split(":")[1]);
	}

	static class Copy {

		@StreamSubscriber(topics = "${in}", id = "copy")
		@StreamPublisher("${out}")
		String copy(String body) {
			return body;
		}

	}

}
