package dev.millrace.benchmarks;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One of the things that a benchmark compares.
 *
 * @param name the name, as in the results
 * @param baseline the name of the arm that it is compared with, its own for a baseline
 * @param guarantee what becomes of invoices in a crash, if there are any
 * @param run measures it
 */
record Arm(String name, String baseline, @Nullable Guarantee guarantee, Run run) {

	Arm(String name, String baseline, Run run) {
		this(name, baseline, null, run);
	}

	Measurement measure(int round, String run) {
		return new Measurement(this.name, this.baseline, (this.guarantee != null) ? this.guarantee.toString() : null,
				round, this.run.measure(run));
	}

	/**
	 * Measures an arm once.
	 */
	@FunctionalInterface
	interface Run {

		/**
		 * Measure.
		 * @param run unique name of this run, for groups and topics
		 * @return the values by their names; the first is the one to be compared
		 */
		Map<String, Double> measure(String run);

	}

}
