package dev.millrace.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * Measurement of several arms on one broker.
 */
interface Benchmark extends AutoCloseable {

	/**
	 * Return what is compared; an arm is next to its baseline, so that both see the
	 * machine in the same state.
	 * @return the arms
	 */
	List<Arm> arms();

	/**
	 * Measure an arm once.
	 * @param arm the arm
	 * @param run unique name of this run, for groups and topics
	 * @return the values by their names; the first is the one to be compared
	 */
	Map<String, Double> run(Arm arm, String run);

	@Override
	void close();

}
