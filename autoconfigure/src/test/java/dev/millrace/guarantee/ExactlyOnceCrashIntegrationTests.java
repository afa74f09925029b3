package dev.millrace.guarantee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Death of an application in the middle of a transaction.
 */
@Timeout(300)
class ExactlyOnceCrashIntegrationTests {

	private static final int RECORDS = 20_000;

	private static final String GROUP = "test.crash";

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("crash-once-in", 6);

	private final String out = this.cluster.newTopic("crash-once-out", 6);

	@Test
	void applicationThatWasKilledRepeatsNothingAndLosesNothing() throws Exception {
		for (int i = 0; i < RECORDS; i++) {
			this.cluster.sendLater(this.in, "key-" + i, "" + i);
		}
		this.cluster.flush();
		for (int i = 1; i < 4; i++) {
			int expected = RECORDS * i / 10;
			Process process = start();
			try {
				await().pollInterval(Duration.ofMillis(20))
					.atMost(Duration.ofSeconds(90))
					.until(() -> this.cluster.committed(GROUP, this.in) > expected);
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}
		assertThat(this.cluster.committed(GROUP, this.in)).as("committed when it was killed").isLessThan(RECORDS);
		Process last = start();
		try {
			await().atMost(Duration.ofSeconds(120)).until(() -> this.cluster.committed(GROUP, this.in) == RECORDS);
		}
		finally {
			last.destroyForcibly().waitFor();
		}
		assertThat(this.cluster.values(this.out)).hasSize(RECORDS).doesNotHaveDuplicates();
	}

	private Process start() throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
				System.getProperty("java.class.path"), CrashApplication.class.getName(),
				this.cluster.bootstrapServers(), this.in, this.out, "millrace.subscriber.exactly-once=true",
				"spring.kafka.producer.transaction-id-prefix=" + this.in + "-")
			.redirectErrorStream(true)
			.redirectOutput(new File("target/exactly-once-application.log"))
			.start();
	}

}
