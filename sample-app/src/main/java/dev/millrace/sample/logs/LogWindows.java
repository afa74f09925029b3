package dev.millrace.sample.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts log events in windows of time that lie side by side. An event belongs to the
 * window of its own time, however late it arrives; only the latest windows are kept.
 */
class LogWindows {

	private final long length;

	private final int kept;

	private final NavigableMap<Instant, Map<String, Map<String, Long>>> windows = new TreeMap<>();

	LogWindows(Duration length, int kept) {
		this.length = length.toMillis();
		this.kept = kept;
	}

	synchronized void add(LogEvent event) {
		this.windows.computeIfAbsent(startOfWindow(event.time()), (start) -> new TreeMap<>())
			.computeIfAbsent(event.level(), (level) -> new TreeMap<>())
			.merge(event.logger(), 1L, Long::sum);
		if (this.windows.size() > this.kept) {
			this.windows.pollFirstEntry();
		}
	}

	synchronized List<LogWindow> latestFirst() {
		return this.windows.descendingMap()
			.entrySet()
			.stream()
			.map((window) -> new LogWindow(window.getKey(), copy(window.getValue())))
			.toList();
	}

	private Instant startOfWindow(Instant time) {
		long millis = time.toEpochMilli();
		return Instant.ofEpochMilli(millis - Math.floorMod(millis, this.length));
	}

	private static Map<String, Map<String, Long>> copy(Map<String, Map<String, Long>> counts) {
		Map<String, Map<String, Long>> copy = new TreeMap<>();
		counts.forEach((level, loggers) -> copy.put(level, new TreeMap<>(loggers)));
		return copy;
	}

}
