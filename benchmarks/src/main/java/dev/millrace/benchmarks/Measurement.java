package dev.millrace.benchmarks;

import java.util.Map;
import java.util.Objects;

/**
 * Result of one run of an arm.
 *
 * @param arm the name of the arm
 * @param baseline the name of the arm that it is compared with
 * @param round the round, from 1
 * @param values the values by their names; the first is the one to be compared
 */
record Measurement(String arm, String baseline, int round, Map<String, Double> values) {

	double value(String name) {
		return Objects.requireNonNull(this.values.get(name));
	}

}
