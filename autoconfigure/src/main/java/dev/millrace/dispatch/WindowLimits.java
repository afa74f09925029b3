package dev.millrace.dispatch;

/**
 * How many records of a partition may lie between the poll and the acknowledged commit:
 * those that would be handled again after a crash.
 *
 * @param high how many pause the partition; one more poll may come on top
 * @param low how many are left when it is resumed
 * @param growing whether there may be more when records are finished fast
 */
public record WindowLimits(int high, int low, boolean growing) {

	/**
	 * Return limits with the same proportions.
	 * @param high how many pause the partition
	 * @return the limits, these ones if they are not exceeded
	 */
	WindowLimits grownTo(int high) {
		return (this.growing && high > this.high)
				? new WindowLimits(high, (int) ((long) high * this.low / this.high), true) : this;
	}

}
