package dev.millrace.dispatch;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Lanes that wait for a thread. Partitions get threads in equal shares, and in each of
 * them the lane of the oldest record comes first: a busy key is not left for the end.
 * This is start-time fair queueing (Goyal, Vin and Cheng, 1996): the records of a
 * partition are numbered, by tags that begin with that of the record that was started
 * last when the partition had nothing to do; the lowest tag is next, and of those with
 * the same one who came first. Attempts but the first are numbered by themselves when
 * they are due, so that they wait for no backlog and hold up no other partition. Not safe
 * for use by several threads.
 */
final class ReadyLanes {

	private final Queue<Place> ordered = new PriorityQueue<>(
			Comparator.comparingLong(Place::startTag).thenComparingLong(Place::number));

	private final Queue<LaneTask> unordered = new ArrayDeque<>();

	private long inserted;

	boolean isEmpty() {
		return this.ordered.isEmpty() && this.unordered.isEmpty();
	}

	/**
	 * Add a lane where its tag belongs.
	 * @param lane the lane
	 */
	void insert(LaneTask lane) {
		// Who came before is not to wait until nobody is left in the order.
		for (LaneTask other = this.unordered.poll(); other != null; other = this.unordered.poll()) {
			place(other);
		}
		place(lane);
	}

	private void place(LaneTask lane) {
		this.ordered.add(new Place(lane, lane.startTag(), this.inserted++));
	}

	/**
	 * Add a lane behind others, which costs less.
	 * @param lane the lane
	 */
	void append(LaneTask lane) {
		this.unordered.add(lane);
	}

	/**
	 * Remove the lane that is next.
	 * @return the lane, or {@code null} when there is none
	 */
	@Nullable LaneTask poll() {
		Place first = this.ordered.peek();
		LaneTask other = this.unordered.peek();
		if (first == null || (other != null && other.startTag() < first.startTag())) {
			return this.unordered.poll();
		}
		this.ordered.remove();
		return first.lane();
	}

	/**
	 * Place of a lane in the order.
	 *
	 * @param lane the lane
	 * @param startTag its tag
	 * @param number how many were inserted before
	 */
	private record Place(LaneTask lane, long startTag, long number) {

	}

}
