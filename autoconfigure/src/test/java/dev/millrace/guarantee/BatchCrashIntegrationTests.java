package dev.millrace.guarantee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Ordering;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Death of an application in the middle of batches.
 */
@Timeout(300)
class BatchCrashIntegrationTests {

	private static final int RECORDS = 60_000;

	private static final int PARTITIONS = 3;

	private static final int WINDOW = 1000;

	private static final int POLL = 500;

	private final TestCluster cluster = TestCluster.shared();

	@ParameterizedTest
	@EnumSource
	void everyRecordHasItsReplyAfterTheApplicationWasKilled(Ordering ordering) throws Exception {
		String in = this.cluster.newTopic("batch-crash-in", PARTITIONS);
		String out = this.cluster.newTopic("batch-crash-out", PARTITIONS);
		String group = "millrace.subscriber.group-id=" + TestCluster.newName("batch-crash");
		for (int i = 0; i < RECORDS; i++) {
			this.cluster.sendLater(in, "key-" + i % 1000, "" + i);
		}
		this.cluster.flush();
		Process first = start(in, out, group, ordering);
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.cluster.end(out) > RECORDS / 10);
		first.destroyForcibly().waitFor();
		assertThat(this.cluster.end(out)).as("replies when it was killed").isLessThan(RECORDS);
		String groupId = group.substring(group.indexOf('=') + 1);
		Map<TopicPartition, Long> committed = this.cluster.committedOffsets(groupId);
		Process second = start(in, out, group, ordering);
		try {
			await().atMost(Duration.ofSeconds(120)).until(() -> this.cluster.committed(groupId, in) == RECORDS);
		}
		finally {
			second.destroyForcibly().waitFor();
		}
		assertReplies(in, out, committed);
	}

	private void assertReplies(String in, String out, Map<TopicPartition, Long> committed) {
		Set<String> expected = new HashSet<>();
		for (ConsumerRecord<byte[], byte[]> record : this.cluster.read(in)) {
			expected.add(TestCluster.text(record.key()) + "=" + record.partition() + ":" + record.offset() + ":"
					+ TestCluster.text(record.value()));
		}
		Set<String> replies = new HashSet<>();
		List<String> duplicates = this.cluster.read(out)
			.stream()
			.map((reply) -> TestCluster.text(reply.key()) + "=" + TestCluster.text(reply.value()))
			.filter((reply) -> !replies.add(reply))
			.toList();
		assertThat(replies).isEqualTo(expected);
		assertThat(duplicates).allMatch((reply) -> behind(in, reply, committed) >= 0)
			.allMatch((reply) -> behind(in, reply, committed) < WINDOW + POLL);
	}

	/** How far behind the position that was committed at the time of death. */
	private static long behind(String topic, String reply, Map<TopicPartition, Long> committed) {
		String[] parts = reply.substring(reply.indexOf('=') + 1).split(":");
		TopicPartition partition = new TopicPartition(topic, Integer.parseInt(parts[0]));
		return Long.parseLong(parts[1]) - committed.getOrDefault(partition, 0L);
	}

	private Process start(String in, String out, String group, Ordering ordering) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
				System.getProperty("java.class.path"), BatchCrashApplication.class.getName(),
				this.cluster.bootstrapServers(), in, out, group, "millrace.subscriber.ordering=" + ordering,
				"millrace.subscriber.window.high=" + WINDOW)
			.redirectErrorStream(true)
			.redirectOutput(new File("target/batch-crash-application.log"))
			.start();
	}

}
