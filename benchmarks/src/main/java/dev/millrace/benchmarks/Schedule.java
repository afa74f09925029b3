package dev.millrace.benchmarks;

/**
 * When orders are due, whatever becomes of those before.
 *
 * @param early how many come at the first rate
 * @param earlyRate how many of these in a second
 * @param rate how many of all others in a second
 */
record Schedule(int early, int earlyRate, int rate) {

	private static final long SECOND = 1_000_000_000;

	/**
	 * Return a schedule with one rate from the first order to the last.
	 * @param rate how many orders in a second
	 * @return the schedule
	 */
	static Schedule at(int rate) {
		return new Schedule(0, rate, rate);
	}

	/**
	 * Return when an order is due.
	 * @param id the number of the order
	 * @return the time since the beginning in nanoseconds
	 */
	long due(int id) {
		return Math.min(id, this.early) * SECOND / this.earlyRate + Math.max(0, id - this.early) * SECOND / this.rate;
	}

}
