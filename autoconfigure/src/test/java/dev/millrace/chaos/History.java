package dev.millrace.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all applications together have written down, in the order in which the handlers
 * began.
 */
final class History {

	private final List<Life> lives;

	private final List<Handling> handlings = new ArrayList<>();

	private final Map<RecordId, List<Handling>> byRecord = new HashMap<>();

	History(List<Life> lives) {
		this.lives = List.copyOf(lives);
		this.lives.forEach((life) -> this.handlings.addAll(life.handlings()));
		this.handlings.sort(Comparator.comparingLong(Handling::start));
		this.handlings.forEach(
				(handling) -> this.byRecord.computeIfAbsent(handling.id(), (id) -> new ArrayList<>(1)).add(handling));
	}

	List<Life> lives() {
		return this.lives;
	}

	List<Handling> handlings() {
		return this.handlings;
	}

	List<Handling> of(RecordId id) {
		return this.byRecord.getOrDefault(id, List.of());
	}

	/**
	 * Return the longest time between the ends of two handlers in a row.
	 * @return the stretch of time
	 */
	Interval longestSilence() {
		Interval longest = new Interval(0, 0);
		List<Long> ends = this.handlings.stream().filter(Handling::isComplete).map(Handling::end).sorted().toList();
		for (int i = 1; i < ends.size(); i++) {
			Interval silence = new Interval(ends.get(i - 1), ends.get(i));
			longest = (silence.length() > longest.length()) ? silence : longest;
		}
		return longest;
	}

}
