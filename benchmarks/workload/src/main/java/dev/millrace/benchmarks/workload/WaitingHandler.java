package dev.millrace.benchmarks.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The work of all applications that wait: 5 ms for each order, which becomes an invoice.
 */
public final class WaitingHandler {

	/** How long the handler waits for each order. */
	public static final int WAIT_MILLIS = 5;

	/** When the last record was handled, in milliseconds since the epoch. */
	public static final String END = "end";

	private final KeyOrder order = new KeyOrder();

	private final Progress progress;

	/**
	 * Creates the handler.
	 * @param workload what is handled
	 */
	public WaitingHandler(Workload workload) {
		this.progress = new Progress(workload);
	}

	/**
	 * Handle an order. Call from any thread.
	 * @param record the order
	 * @return its invoice
	 * @throws InterruptedException when it is interrupted
	 */
	public Invoice handle(Order record) throws InterruptedException {
		this.progress.begin();
		this.order.begin(record);
		Thread.sleep(WAIT_MILLIS);
		this.order.end(record);
		this.progress.end(record);
		return Invoice.of(record);
	}

	/**
	 * Report when all records are handled, and wait until the application is told to end.
	 * @throws InterruptedException when it is interrupted
	 */
	public void reportAtEnd() throws InterruptedException {
		this.progress.awaitEnd();
		Map<String, Double> values = new LinkedHashMap<>(this.progress.values());
		values.put("violations of the order", (double) this.order.violations());
		Output.report(values);
		Output.awaitEndOfInput();
	}

}
