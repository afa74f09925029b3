package dev.millrace.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records that run together.
 *
 * @param lanes the lanes that they come from, which wait meanwhile
 * @param records the records, those of one lane in their order
 */
record Batch(List<BatchLane> lanes, List<InFlightRecord> records) {

	Batch() {
		this(new ArrayList<>(), new ArrayList<>());
	}

	boolean isEmpty() {
		return this.records.isEmpty();
	}

	/**
	 * Take note that the records run, except those whose assignment has ended.
	 * @return those that run, and their lanes
	 */
	Batch start() {
		List<InFlightRecord> started = this.records.stream().filter(InFlightRecord::start).toList();
		if (started.size() == this.records.size()) {
			return this;
		}
		Set<Object> keys = started.stream().map(InFlightRecord::laneKey).collect(Collectors.toSet());
		return new Batch(this.lanes.stream().filter((lane) -> keys.contains(lane.key)).toList(), started);
	}

}
