package dev.millrace.chaos;

/**
 * Stretch of time.
 *
 * @param from the beginning
 * @param to the end
 */
record Interval(long from, long to) {

	boolean overlaps(long from, long to) {
		return this.from <= to && from <= this.to;
	}

	long length() {
		return this.to - this.from;
	}

}
