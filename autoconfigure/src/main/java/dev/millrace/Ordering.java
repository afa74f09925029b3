package dev.millrace;

/**
 * Which records of a subscriber may run at the same time.
 * <p>
 * Records that share a lane run one after the other, in the order of their offsets; lanes
 * run side by side. At most {@code concurrency} records of a subscriber run at once,
 * whatever the ordering.
 */
public enum Ordering {

	/**
	 * One lane for each partition: records of a partition run one at a time. The default.
	 */
	PARTITION,

	/**
	 * One lane for each record key: records of one key run one at a time, also across a
	 * rebalance; records of one partition with different keys run side by side. Records
	 * without a key are independent of each other.
	 */
	KEY,

	/**
	 * No order: every record is independent.
	 */
	NONE

}
