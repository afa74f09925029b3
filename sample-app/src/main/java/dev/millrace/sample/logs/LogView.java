package dev.millrace.sample.logs;

import java.time.Duration;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamSubscriber;

/**
 * What was logged in the last ten minutes, in windows of ten seconds.
 */
@Component
class LogView {

	private final LogWindows windows = new LogWindows(Duration.ofSeconds(10), 60);

	// Must not log: each event would cause the next one
	@StreamSubscriber(LogForwarder.TOPIC)
	void add(LogEvent event) {
		this.windows.add(event);
	}

	List<LogWindow> latestFirst() {
		return this.windows.latestFirst();
	}

}
