package dev.millrace.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the oracle has found. Not for use by several threads.
 */
final class Verdict {

	private static final int SHOWN = 20;

	private final Map<Cause, Integer> duplicates = new EnumMap<>(Cause.class);

	private final Map<Cause, Integer> overlaps = new EnumMap<>(Cause.class);

	private final List<String> violations = new ArrayList<>();

	private int violationCount;

	void violation(String text, Object... arguments) {
		this.violationCount++;
		if (this.violations.size() < SHOWN) {
			this.violations.add(text.formatted(arguments));
		}
	}

	void duplicate(Cause cause) {
		this.duplicates.merge(cause, 1, Integer::sum);
	}

	void overlap(Cause cause) {
		this.overlaps.merge(cause, 1, Integer::sum);
	}

	Map<Cause, Integer> duplicates() {
		return this.duplicates;
	}

	Map<Cause, Integer> overlaps() {
		return this.overlaps;
	}

	/**
	 * Return the first violations.
	 * @return the violations, one sentence each
	 */
	List<String> violations() {
		return this.violations;
	}

	int violationCount() {
		return this.violationCount;
	}

}
