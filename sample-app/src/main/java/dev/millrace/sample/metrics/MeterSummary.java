package dev.millrace.sample.metrics;

import java.time.Instant;

/**
 * What is known about a meter.
 *
 * @param latest the latest value
 * @param average the average of all values
 * @param count how many values there were
 * @param time when the latest was read
 */
record MeterSummary(double latest, double average, long count, Instant time) {

	static MeterSummary of(MeterReading reading) {
		return new MeterSummary(reading.value(), reading.value(), 1, reading.time());
	}

	MeterSummary plus(MeterReading reading) {
		long newCount = this.count + 1;
		// Never larger than the values themselves, as their sum would be
		double newAverage = this.average + (reading.value() - this.average) / newCount;
		return new MeterSummary(reading.value(), newAverage, newCount, reading.time());
	}

}
