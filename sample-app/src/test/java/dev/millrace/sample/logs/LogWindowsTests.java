package dev.millrace.sample.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogWindowsTests {

	private static final Instant START = Instant.parse("2030-01-01T00:00:10Z");

	private final LogWindows windows = new LogWindows(Duration.ofSeconds(10), 2);

	@Test
	void countsPerLevelAndLogger() {
		add(0, "INFO", "a");
		add(1, "INFO", "a");
		add(2, "INFO", "b");
		add(9_999, "WARN", "a");

		assertThat(this.windows.latestFirst())
			.containsExactly(new LogWindow(START, Map.of("INFO", Map.of("a", 2L, "b", 1L), "WARN", Map.of("a", 1L))));
	}

	@Test
	void windowEndsWhereTheNextBegins() {
		add(9_999, "INFO", "a");
		add(10_000, "INFO", "a");

		assertThat(this.windows.latestFirst()).extracting(LogWindow::start)
			.containsExactly(START.plusSeconds(10), START);
	}

	@Test
	void lateEventBelongsToTheWindowOfItsTime() {
		add(10_000, "INFO", "a");
		add(0, "INFO", "a");

		assertThat(this.windows.latestFirst()).extracting(LogWindow::start)
			.containsExactly(START.plusSeconds(10), START);
	}

	@Test
	void onlyTheLatestWindowsAreKept() {
		add(20_000, "INFO", "a");
		add(10_000, "INFO", "a");
		add(0, "INFO", "a");

		assertThat(this.windows.latestFirst()).extracting(LogWindow::start)
			.containsExactly(START.plusSeconds(20), START.plusSeconds(10));
	}

	private void add(long millis, String level, String logger) {
		this.windows.add(new LogEvent(START.plusMillis(millis), level, logger, "Hello"));
	}

}
