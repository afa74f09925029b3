package dev.millrace.benchmarks.workload;

/**
 * The work of all applications that take orders in batches: one of a hundred always
 * fails.
 */
public final class FailingHandler {

	/** Of how many orders one fails. */
	public static final int ORDERS_OF_A_FAILURE = 100;

	private final Progress progress;

	/**
	 * Creates the handler.
	 * @param workload what is handled
	 */
	public FailingHandler(Workload workload) {
		this.progress = new Progress(workload);
	}

	/**
	 * Handle an order. Call from any thread.
	 * @param record the order
	 * @return whether that was possible
	 */
	public boolean handle(Order record) {
		this.progress.begin();
		this.progress.end(record);
		return record.id() % ORDERS_OF_A_FAILURE != 0;
	}

	/**
	 * Report when all records are handled, and wait until the application is told to end.
	 * @throws InterruptedException when it is interrupted
	 */
	public void reportAtEnd() throws InterruptedException {
		this.progress.awaitEnd();
		Output.report(this.progress.values());
		Output.awaitEndOfInput();
	}

}
