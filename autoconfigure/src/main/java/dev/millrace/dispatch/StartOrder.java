package dev.millrace.dispatch;

import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * Lanes that wait to be part of a batch, in the order in which their first records are to
 * start. Guarded by the {@link BatchQueue} that it belongs to.
 */
final class StartOrder {

	private final PriorityQueue<BatchLane> lanes = new PriorityQueue<>(StartOrder::compare);

	private long added;

	/** How many records that wait for their first attempt are in these lanes. */
	private int waiting;

	void add(BatchLane lane) {
		lane.place = this;
		lane.number = this.added++;
		this.waiting += lane.waiting;
		this.lanes.add(lane);
	}

	void remove(BatchLane lane) {
		lane.place = null;
		this.waiting -= lane.waiting;
		this.lanes.remove(lane);
	}

	/**
	 * Take note that a lane has one more record.
	 */
	void grown() {
		this.waiting++;
	}

	int waiting() {
		return this.waiting;
	}

	@Nullable BatchLane first() {
		return this.lanes.peek();
	}

	BatchLane[] all() {
		return this.lanes.toArray(BatchLane[]::new);
	}

	// Values of a clock that may begin anywhere are compared by their difference.
	private static int compare(BatchLane one, BatchLane other) {
		int order = Long.signum(one.startNanos - other.startNanos);
		return (order != 0) ? order : Long.compare(one.number, other.number);
	}

}
