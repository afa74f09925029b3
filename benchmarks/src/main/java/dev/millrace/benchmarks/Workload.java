package dev.millrace.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Orders of customers in no particular sequence, the same in every run.
 *
 * @param topic the topic that holds them
 * @param partitions the number of its partitions
 * @param warmUp how many come before the measured ones, none of them of the hot customer
 * @param others how many are measured, of all customers but the hot one
 * @param hot how many of the hot customer are spread among the measured ones
 */
record Workload(String topic, int partitions, int warmUp, int others, int hot) {

	/** How many arguments of an application describe its workload. */
	static final int ARGUMENTS = 5;

	private static final long SEED = 42;

	/**
	 * Return the workload that an application was started for.
	 * @param arguments what {@link #arguments} has returned
	 * @return the workload
	 */
	static Workload of(List<String> arguments) {
		return new Workload(arguments.get(0), Integer.parseInt(arguments.get(1)), Integer.parseInt(arguments.get(2)),
				Integer.parseInt(arguments.get(3)), Integer.parseInt(arguments.get(4)));
	}

	List<String> arguments() {
		return List.of(topic(), String.valueOf(partitions()), String.valueOf(warmUp()), String.valueOf(others()),
				String.valueOf(hot()));
	}

	int records() {
		return warmUp() + others() + hot();
	}

	void fill(Topics topics) {
		topics.create(List.of(topic()), partitions());
		topics.fill(topic(), records(), messages());
	}

	private IntFunction<Topics.Message> messages() {
		Random random = new Random(SEED);
		return (id) -> Order.message(id, isHot(id) ? Order.HOT : random.nextInt(Order.CUSTOMERS));
	}

	private boolean isHot(int id) {
		if (hot() == 0 || id < warmUp()) {
			return false;
		}
		int measured = id - warmUp();
		return measured % ((others() + hot()) / hot()) == 0;
	}

}
