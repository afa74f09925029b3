package dev.millrace.sample.metrics;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import org.springframework.stereotype.Component;

/**
 * Reads those of Micrometer's meters that tell about the JVM and its process.
 */
@Component
class MeterReader {

	private static final List<String> PREFIXES = List.of("jvm.", "process.", "system.");

	private final MeterRegistry registry;

	MeterReader(MeterRegistry registry) {
		this.registry = registry;
	}

	List<MeterReading> read() {
		Instant now = Instant.now();
		return this.registry.getMeters()
			.stream()
			.filter((meter) -> PREFIXES.stream().anyMatch(meter.getId().getName()::startsWith))
			.flatMap((meter) -> read(meter, now))
			.toList();
	}

	private static Stream<MeterReading> read(Meter meter, Instant time) {
		return StreamSupport.stream(meter.measure().spliterator(), false)
			// What the platform doesn't know is not a number, and JSON can't say so
			.filter((measurement) -> Double.isFinite(measurement.getValue()))
			.map((measurement) -> new MeterReading(name(meter.getId(), measurement), measurement.getValue(), time));
	}

	private static String name(Meter.Id id, Measurement measurement) {
		String tags = id.getTags().stream().map(MeterReader::text).collect(Collectors.joining(",", "{", "}"));
		Statistic statistic = measurement.getStatistic();
		// A timer has several: count, total, max
		String suffix = (statistic != Statistic.VALUE) ? "." + statistic.getTagValueRepresentation() : "";
		return id.getName() + suffix + ((tags.length() > 2) ? tags : "");
	}

	private static String text(Tag tag) {
		return tag.getKey() + "=" + tag.getValue();
	}

}
