package dev.millrace.benchmarks.workload;

/**
 * What becomes of an order.
 *
 * @param orderId the number of the order
 * @param customer the customer
 * @param total what is to be paid, in cents
 * @param note text that fills the record
 */
public record Invoice(long orderId, String customer, long total, String note) {

	/**
	 * Make the invoice of an order.
	 * @param order the order
	 * @return the invoice
	 */
	public static Invoice of(Order order) {
		return new Invoice(order.id(), order.customer(), order.quantity() * order.price(), order.note());
	}

}
