package dev.millrace.listener;

import java.util.List;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.WindowView;

/**
 * What one consumer has in flight, as it makes it known a few times a second.
 *
 * @param oldest the first record of each partition that is not finished
 * @param running the record of each partition that has been running for the longest time
 * @param unfinished how many records are not finished
 * @param fill how much of the fullest window is taken
 * @param windows what there is of each partition
 */
record SessionView(List<InFlightRecord> oldest, List<InFlightRecord> running, int unfinished, double fill,
		List<WindowView> windows) {

	static SessionView of(Assignment assignment) {
		return new SessionView(assignment.oldest(), assignment.longestRunning(), assignment.unfinished(),
				assignment.fill(), assignment.windows());
	}

	boolean isEmpty() {
		return this.windows.isEmpty();
	}

}
