package dev.millrace.sample.metrics;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeterSummaryTests {

	@Test
	void firstReadingIsLatestAndAverage() {
		assertThat(MeterSummary.of(reading(4, 1))).isEqualTo(new MeterSummary(4, 4, 1, Instant.ofEpochSecond(1)));
	}

	@Test
	void averageIsThatOfAllReadings() {
		MeterSummary summary = MeterSummary.of(reading(4, 1)).plus(reading(1, 2)).plus(reading(1, 3));

		assertThat(summary).isEqualTo(new MeterSummary(1, 2, 3, Instant.ofEpochSecond(3)));
	}

	@Test
	void averageOfHugeReadingsIsFinite() {
		MeterSummary summary = MeterSummary.of(reading(Double.MAX_VALUE, 1)).plus(reading(Double.MAX_VALUE, 2));

		assertThat(summary.average()).isEqualTo(Double.MAX_VALUE);
	}

	private static MeterReading reading(double value, long second) {
		return new MeterReading("meter", value, Instant.ofEpochSecond(second));
	}

}
