package dev.millrace.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The work of all applications that wait: 5 ms for each order, which becomes an invoice.
 */
final class WaitingHandler {

	static final int WAIT_MILLIS = 5;

	private final KeyOrder order = new KeyOrder();

	private final Progress progress;

	WaitingHandler(Workload workload) {
		this.progress = new Progress(workload);
	}

	Invoice handle(Order record) throws InterruptedException {
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
	void reportAtEnd() throws InterruptedException {
		this.progress.awaitEnd();
		Map<String, Double> values = new LinkedHashMap<>(this.progress.values());
		values.put("violations of the order", (double) this.order.violations());
		ApplicationProcess.report(values);
		ApplicationProcess.awaitEndOfInput();
	}

}
