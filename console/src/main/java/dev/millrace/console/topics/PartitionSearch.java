package dev.millrace.console.topics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.console.record.RecordView;

/**
 * What is left of a partition to be looked at, and what was found in it so far. It is
 * looked at round by round, and in each window by window, from its beginning to its end.
 * What was seen of a window that could not be read to its end counts for nothing
 * backwards, since the next page goes on at one offset; so there the first window has one
 * offset, and each twice as many as the one before.
 */
final class PartitionSearch {

	private final Deque<RecordView> found = new ArrayDeque<>();

	private final List<RecordView> window = new ArrayList<>();

	private final TopicPartition partition;

	private final boolean backwards;

	private long low;

	private long high;

	private long goal;

	private long width = 1;

	private long from;

	private long to;

	/**
	 * Create the search of a partition.
	 * @param partition the partition
	 * @param low the offset of the first record to look at
	 * @param high the one behind the last
	 * @param backwards whether the last one comes first
	 */
	PartitionSearch(TopicPartition partition, long low, long high, boolean backwards) {
		this.partition = partition;
		this.low = low;
		this.high = high;
		this.backwards = backwards;
	}

	TopicPartition partition() {
		return this.partition;
	}

	boolean isExhausted() {
		return this.low >= this.high;
	}

	/**
	 * Begin the next round.
	 * @param size how many offsets it has
	 */
	void begin(long size) {
		this.goal = this.backwards ? Math.max(this.low, this.high - size) : Math.min(this.high, this.low + size);
	}

	/**
	 * Return whether all of the round was looked at.
	 * @return whether it has ended
	 */
	boolean isThrough() {
		return this.backwards ? this.high <= this.goal : this.low >= this.goal;
	}

	/**
	 * Begin the next window of the round.
	 * @return its first offset
	 */
	long open() {
		this.from = this.backwards ? Math.max(this.goal, this.high - this.width) : this.low;
		this.to = this.backwards ? this.high : this.goal;
		this.window.clear();
		return this.from;
	}

	boolean isInWindow(long offset) {
		return offset >= this.from && offset < this.to;
	}

	void add(RecordView record) {
		this.window.add(record);
	}

	/**
	 * End the window if all of it was looked at.
	 * @param position the offset that would be read next
	 * @return whether it has ended
	 */
	boolean close(long position) {
		if (position < this.to) {
			return false;
		}
		if (this.backwards) {
			Collections.reverse(this.window);
			this.width = 2 * (this.to - this.from);
			this.high = this.from;
		}
		else {
			this.low = this.to;
		}
		this.found.addAll(this.window);
		return true;
	}

	/**
	 * End the window where it was looked at so far, as there is no time for more of it.
	 * @param position the offset that would be read next
	 */
	void cut(long position) {
		if (!this.backwards) {
			this.to = position;
			close(position);
		}
	}

	int size() {
		return this.found.size();
	}

	@Nullable RecordView peek() {
		return this.found.peek();
	}

	RecordView take() {
		return this.found.remove();
	}

	boolean hasMore() {
		return !this.found.isEmpty() || !isExhausted();
	}

	/**
	 * Return where the next page goes on.
	 * @return backwards the offset behind it, else its own
	 */
	long next() {
		RecordView first = this.found.peek();
		Long offset = (first != null) ? first.offset() : null;
		if (this.backwards) {
			return (offset != null) ? offset + 1 : this.high;
		}
		return (offset != null) ? offset : this.low;
	}

}
