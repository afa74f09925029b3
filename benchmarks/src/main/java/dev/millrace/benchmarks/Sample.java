package dev.millrace.benchmarks;

import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What all runs of an arm have measured of one value.
 *
 * @param median the median
 * @param smallest the smallest
 * @param largest the largest
 */
record Sample(double median, double smallest, double largest) {

	static Optional<Sample> of(DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		int last = sorted.length - 1;
		if (last < 0) {
			return Optional.empty();
		}
		return Optional.of(new Sample((sorted[last / 2] + sorted[sorted.length / 2]) / 2, sorted[0], sorted[last]));
	}

	boolean isSpread() {
		return this.smallest < this.largest;
	}

}
