package dev.millrace.sample.metrics;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.millrace.sample.StreamSender;

/**
 * Publishes the readings of all meters every few seconds, keyed by meter.
 */
@Component
class MetricsPublisher {

	private final MeterReader reader;

	private final StreamSender sender;

	MetricsPublisher(MeterReader reader, StreamSender sender) {
		this.reader = reader;
		this.sender = sender;
	}

	@Scheduled(fixedRateString = "${sample.metrics.interval}")
	void publish() {
		for (MeterReading reading : this.reader.read()) {
			this.sender.send("metrics", reading.meter(), reading);
		}
	}

}
