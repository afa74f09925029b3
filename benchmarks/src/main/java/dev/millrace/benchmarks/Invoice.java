package dev.millrace.benchmarks;

/**
 * What becomes of an order.
 *
 * @param orderId the number of the order
 * @param customer the customer
 * @param total what is to be paid, in cents
 * @param note text that fills the record
 */
record Invoice(long orderId, String customer, long total, String note) {

	static Invoice of(Order order) {
		return new Invoice(order.id(), order.customer(), order.quantity() * order.price(), order.note());
	}

}
