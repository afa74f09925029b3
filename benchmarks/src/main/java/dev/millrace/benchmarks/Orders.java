package dev.millrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Workload;

/**
 * The records of a workload. The same workload has the same records in every run.
 */
final class Orders {

	/** How many customers there are, without the hot one. */
	static final int CUSTOMERS = 2000;

	private static final long SEED = 42;

	private final Random random = new Random(SEED);

	/** For each customer, the share of orders of this one and those before. */
	private final double[] shares = new double[CUSTOMERS];

	private final Workload workload;

	Orders(Workload workload) {
		this.workload = workload;
		Arrays.setAll(this.shares, (customer) -> Math.pow(customer + 1, -workload.skew()));
		Arrays.parallelPrefix(this.shares, Double::sum);
		double total = this.shares[CUSTOMERS - 1];
		Arrays.setAll(this.shares, (customer) -> this.shares[customer] / total);
	}

	static void fill(Topics topics, Workload workload) {
		topics.create(List.of(workload.topic()), workload.partitions());
		topics.fill(workload.topic(), workload.records(), new Orders(workload)::message);
	}

	/**
	 * Return the share of the customer who orders most.
	 * @return the share of all orders
	 */
	double largestShare() {
		return this.shares[0];
	}

	/**
	 * Make the next record. Call it with ascending numbers.
	 * @param id the number of the record
	 * @return the record
	 */
	Topics.Message message(int id) {
		return message(id, isHot(id) ? Order.HOT : "customer-%04d".formatted(nextCustomer(id)));
	}

	private static Topics.Message message(int id, String customer) {
		String json = """
				{"id":%d,"customer":"%s","item":"item-%03d","quantity":%d,"price":%d,"note":"%s"}""".formatted(id,
				customer, id % 1000, id % 9 + 1, id % 997 + 100, "lorem ipsum dolor sit amet ".repeat(4));
		return new Topics.Message(customer.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
	}

	private int nextCustomer(int id) {
		if (id < this.workload.warmUp()) {
			return this.random.nextInt(CUSTOMERS);
		}
		int found = Arrays.binarySearch(this.shares, this.random.nextDouble());
		return Math.min((found < 0) ? -found - 1 : found + 1, CUSTOMERS - 1);
	}

	private boolean isHot(int id) {
		if (this.workload.hot() == 0 || id < this.workload.warmUp()) {
			return false;
		}
		int measured = id - this.workload.warmUp();
		return measured % ((this.workload.measured() + this.workload.hot()) / this.workload.hot()) == 0;
	}

}
