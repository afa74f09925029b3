package dev.millrace.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.millrace.Ordering;

/**
 * What was sent, in the order of the input topic. Knows the lane of each record and its
 * index there.
 */
final class Input {

	private final Map<RecordId, Sent> records = new LinkedHashMap<>();

	private final Map<String, List<RecordId>> lanes = new HashMap<>();

	private final Ordering ordering;

	Input(Ordering ordering) {
		if (ordering == Ordering.NONE) {
			throw new IllegalArgumentException("Without an order there is nothing to check");
		}
		this.ordering = ordering;
	}

	/**
	 * Add a record behind all others of its partition.
	 * @param id where it is
	 * @param body {@code key/seq}
	 */
	void add(RecordId id, String body) {
		String lane = (this.ordering == Ordering.KEY) ? body.substring(0, body.indexOf('/'))
				: "partition " + id.partition();
		List<RecordId> others = this.lanes.computeIfAbsent(lane, (name) -> new ArrayList<>());
		this.records.put(id, new Sent(body, lane, others.size()));
		others.add(id);
	}

	Set<RecordId> ids() {
		return this.records.keySet();
	}

	Map<String, List<RecordId>> lanes() {
		return this.lanes;
	}

	Sent get(RecordId id) {
		return this.records.get(id);
	}

	/**
	 * Find what is wrong with the input itself: without gapless sequences nothing could
	 * be said about the output.
	 * @return one sentence per fault
	 */
	List<String> faults() {
		Map<String, Integer> next = new HashMap<>();
		List<String> faults = new ArrayList<>();
		this.records.forEach((id, sent) -> {
			int slash = sent.body().indexOf('/');
			int seq = Integer.parseInt(sent.body().substring(slash + 1));
			int expected = next.merge(sent.body().substring(0, slash), 1, Integer::sum) - 1;
			if (seq != expected) {
				faults.add("Sent out of sequence: %s is %s, expected was %d".formatted(id, sent.body(), expected));
			}
		});
		return faults;
	}

	/**
	 * Record as it was sent.
	 *
	 * @param body the body
	 * @param lane the lane
	 * @param index the index in the lane, from 0
	 */
	record Sent(String body, String lane, int index) {

	}

}
