package dev.millrace.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

/**
 * Commit of a consumer on its way to the broker. Only the consumer's thread calls.
 */
public final class Commit {

	private final Map<PartitionWindow, CommitMark> marks = new HashMap<>();

	private final Map<TopicPartition, Long> positions = new HashMap<>();

	Commit(List<PartitionWindow> windows) {
		for (PartitionWindow window : windows) {
			CommitMark mark = window.commitRequested();
			this.marks.put(window, mark);
			this.positions.put(window.partition(), mark.position());
		}
	}

	/**
	 * Return what is to be committed.
	 * @return the offsets by partition
	 */
	public Map<TopicPartition, Long> positions() {
		return this.positions;
	}

	/**
	 * Take note that the broker has acknowledged the commit.
	 */
	public void succeeded() {
		this.marks.forEach(PartitionWindow::commitSucceeded);
	}

	/**
	 * Take note that the commit has failed, so that the positions are committed again.
	 */
	public void failed() {
		this.marks.keySet().forEach(PartitionWindow::commitFailed);
	}

}
