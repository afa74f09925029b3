package dev.millrace.benchmarks;

import java.util.List;

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

	@Override
	void close();

}
