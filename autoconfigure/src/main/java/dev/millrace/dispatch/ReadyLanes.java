package dev.millrace.dispatch;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Lanes that wait for a thread, in the order in which their next records were added: a
 * busy key has one of the oldest as long as it is behind, and is not left for the end.
 * Not safe for use by several threads.
 */
final class ReadyLanes {

	/** As they become active, the lane of an older record first. */
	private final Queue<LaneTask> fresh = new ArrayDeque<>();

	/** Those that have given their thread up: their next records may be of any age. */
	private final Queue<LaneTask> again = new PriorityQueue<>(
			(one, other) -> Long.signum(one.waitingSince() - other.waitingSince()));

	boolean isEmpty() {
		return this.fresh.isEmpty() && this.again.isEmpty();
	}

	void add(LaneTask lane) {
		this.fresh.add(lane);
	}

	void addAgain(LaneTask lane) {
		this.again.add(lane);
	}

	/**
	 * Remove the lane whose next record has waited for the longest time.
	 * @return the lane, or {@code null} when there is none
	 */
	@Nullable LaneTask poll() {
		LaneTask added = this.fresh.peek();
		LaneTask back = this.again.peek();
		boolean addedFirst = back == null || (added != null && added.waitingSince() - back.waitingSince() < 0);
		return addedFirst ? this.fresh.poll() : this.again.poll();
	}

}
