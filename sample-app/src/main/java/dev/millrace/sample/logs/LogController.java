package dev.millrace.sample.logs;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Log counts over HTTP.
 */
@RestController
class LogController {

	private final LogView view;

	private final LogBuffer buffer;

	LogController(LogView view, LogBuffer buffer) {
		this.view = view;
		this.buffer = buffer;
	}

	@GetMapping("/logs")
	LogReport report() {
		return new LogReport(this.buffer.dropped(), this.view.latestFirst());
	}

	/**
	 * What is known about the log.
	 *
	 * @param dropped how many events were lost because the broker didn't take them
	 * @param windows counts per window of time, latest first
	 */
	record LogReport(long dropped, List<LogWindow> windows) {

	}

}
