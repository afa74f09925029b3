package dev.millrace.guarantee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A member that dies without a word, and one that takes its partitions over.
 */
@Timeout(120)
class HardStopIntegrationTests {

	private static final Duration SESSION = Duration.ofSeconds(6);

	@Test
	@DisplayName("3: hard stop without close, session of 6 seconds")
	void memberThatIsLeftTakesOverWithinTheSessionAndTenSeconds(@TempDir Path directory) throws Exception {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(5);
		Path file = directory.resolve("handlings");
		try (Trial trial = new Trial(TestCluster.shared(), 4, Protocol.EAGER, log)) {
			TestApplication survivor = trial.join("survivor");
			Process victim = launch(trial, file);
			try {
				await().atMost(Duration.ofSeconds(30)).until(() -> Trial.owned(survivor).size() == 2);
				trial.send(6000, 60);
				await().atMost(Duration.ofSeconds(30)).until(() -> lines(file) >= 200);
			}
			finally {
				victim.destroyForcibly().waitFor();
			}
			long killed = System.nanoTime();
			assertThat(lines(file)).as("handled when it was killed").isLessThan(2000);

			await().atMost(SESSION.plusSeconds(10)).until(() -> Trial.owned(survivor).size() == 4);

			trial.awaitDrained();
			log.addAll(file);
			History history = trial.history();
			Claim.assertHold(history, EnumSet.of(Claim.NO_LOSS, Claim.ORDER_OF_A_KEY, Claim.ORDER_OF_A_PARTITION,
					Claim.DUPLICATES_ARE_UNCOMMITTED, Claim.COMMITTED_TO_THE_END));
			assertThat(log.of("victim")).allMatch((handling) -> handling.start() < killed);
		}
	}

	private static Process launch(Trial trial, Path file) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
						System.getProperty("java.class.path"), RecorderApplication.class.getName(),
						trial.cluster.bootstrapServers(), file.toString()));
		command.addAll(trial.properties("victim"));
		command.add("spring.main.keep-alive=true");
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(new File("target/recorder-application.log"))
			.start();
	}

	private static long lines(Path file) throws IOException {
		if (!Files.exists(file)) {
			return 0;
		}
		try (var lines = Files.lines(file)) {
			return lines.count();
		}
	}

}
