package dev.millrace.benchmarks;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Result of one run of an arm.
 *
 * @param arm the name of the arm
 * @param baseline the name of the arm that it is compared with
 * @param guarantee what becomes of invoices in a crash, if there are any
 * @param round the round, from 1
 * @param values the values by their names; the first is the one to be compared
 */
record Measurement(String arm, String baseline, @Nullable String guarantee, int round, Map<String, Double> values) {

	double compared() {
		return this.values.values().iterator().next();
	}

}
