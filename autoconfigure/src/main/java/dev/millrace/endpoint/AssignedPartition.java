package dev.millrace.endpoint;

/**
 * Partition that a subscriber has for itself.
 *
 * @param topic the topic
 * @param partition the number of the partition
 * @param start where it is read from at every start
 * @param offset the offset, for {@link Start#OFFSET}
 */
public record AssignedPartition(String topic, int partition, Start start, long offset) {

	@Override
	public String toString() {
		return this.topic + "-" + this.partition;
	}

	/**
	 * Where a partition is read from.
	 */
	public enum Start {

		/** The committed offset. */
		COMMITTED,

		/** The first record. */
		EARLIEST,

		/** What comes after the start. */
		LATEST,

		/** An offset. */
		OFFSET

	}

}
