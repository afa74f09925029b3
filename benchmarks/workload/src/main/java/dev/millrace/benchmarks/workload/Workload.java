package dev.millrace.benchmarks.workload;

import java.util.List;

/**
 * Orders of customers in no particular sequence, the same in every run.
 *
 * @param topic the topic that holds them
 * @param partitions the number of its partitions
 * @param warmUp how many come before the measured ones, none of them of the hot customer,
 * and of all others as many
 * @param measured how many are measured, of all customers but the hot one
 * @param hot how many of the hot customer are spread among the measured ones
 * @param skew exponent of the measured customers' frequencies by Zipf's law, 0 if all are
 * as frequent
 */
public record Workload(String topic, int partitions, int warmUp, int measured, int hot, double skew) {

	/**
	 * Return the workload that an application was started for.
	 * @param arguments the arguments of the application
	 * @return the workload
	 */
	public static Workload of(Arguments arguments) {
		return new Workload(arguments.get("input"), arguments.getInt("partitions"), arguments.getInt("warm-up"),
				arguments.getInt("measured"), arguments.getInt("hot"), Double.parseDouble(arguments.get("skew")));
	}

	/**
	 * Return the arguments of an application that handles this workload.
	 * @return the arguments
	 */
	public List<String> arguments() {
		return List.of("--input=" + this.topic, "--partitions=" + this.partitions, "--warm-up=" + this.warmUp,
				"--measured=" + this.measured, "--hot=" + this.hot, "--skew=" + this.skew);
	}

	/**
	 * Return how many records there are.
	 * @return the number of records
	 */
	public int records() {
		return this.warmUp + this.measured + this.hot;
	}

}
