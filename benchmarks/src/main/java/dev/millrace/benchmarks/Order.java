package dev.millrace.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * Record that is handled, about 200 bytes of JSON.
 *
 * @param id the number of the record
 * @param customer the customer, also the key
 * @param item what is ordered
 * @param quantity how many
 * @param price the price of one, in cents
 * @param note text that fills the record
 */
record Order(long id, String customer, String item, int quantity, long price, String note) {

	static final int CUSTOMERS = 2000;

	/** The number of a customer who orders more than all others. */
	static final int HOT = CUSTOMERS;

	static Topics.Message message(int id) {
		return message(id, (int) (id * 7919L % CUSTOMERS));
	}

	static Topics.Message message(int id, int number) {
		String customer = customer(number);
		String json = """
				{"id":%d,"customer":"%s","item":"item-%03d","quantity":%d,"price":%d,"note":"%s"}""".formatted(id,
				customer, id % 1000, id % 9 + 1, id % 997 + 100, "lorem ipsum dolor sit amet ".repeat(4));
		return new Topics.Message(customer.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
	}

	boolean isHot() {
		return this.customer.equals(customer(HOT));
	}

	private static String customer(int number) {
		return "customer-%04d".formatted(number);
	}

}
