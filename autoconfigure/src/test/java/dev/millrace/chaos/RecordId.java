package dev.millrace.chaos;

/**
 * Where a record of the input topic is.
 *
 * @param partition the partition
 * @param offset the offset
 */
record RecordId(int partition, long offset) {

	@Override
	public String toString() {
		return this.partition + "@" + this.offset;
	}

}
