package dev.millrace.sample.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamSubscriber;

/**
 * Latest value and average of each meter.
 */
@Component
class MetricsView {

	private final Map<String, MeterSummary> meters = new ConcurrentHashMap<>();

	@StreamSubscriber("metrics")
	void add(MeterReading reading) {
		this.meters.compute(reading.meter(),
				(meter, summary) -> (summary != null) ? summary.plus(reading) : MeterSummary.of(reading));
	}

	SortedMap<String, MeterSummary> withPrefix(String prefix) {
		SortedMap<String, MeterSummary> found = new TreeMap<>(this.meters);
		found.keySet().removeIf((meter) -> !meter.startsWith(prefix));
		return found;
	}

}
