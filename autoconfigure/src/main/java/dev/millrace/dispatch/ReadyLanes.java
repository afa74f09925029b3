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
 * last when the partition had nothing to do; the lowest tag is next. Not safe for use by
 * several threads.
 */
final class ReadyLanes {

	private final Queue<LaneTask> ordered = new PriorityQueue<>(Comparator.comparingLong(LaneTask::startTag));

	private final Queue<LaneTask> unordered = new ArrayDeque<>();

	boolean isEmpty() {
		return this.ordered.isEmpty() && this.unordered.isEmpty();
	}

	/**
	 * Add a lane where its tag belongs.
	 * @param lane the lane
	 */
	void insert(LaneTask lane) {
		this.ordered.add(lane);
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
		LaneTask first = this.ordered.peek();
		LaneTask other = this.unordered.peek();
		boolean isFirst = other == null || (first != null && first.startTag() <= other.startTag());
		return isFirst ? this.ordered.poll() : this.unordered.poll();
	}

}
