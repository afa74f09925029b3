package dev.millrace.benchmarks.workload;

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
public record Order(long id, String customer, String item, int quantity, long price, String note) {

	/** A customer who orders more than all others. */
	public static final String HOT = "hot-customer";

	/**
	 * Return whether this is of the customer who orders more than all others.
	 * @return whether it is
	 */
	public boolean ofHotCustomer() {
		return this.customer.equals(HOT);
	}

}
