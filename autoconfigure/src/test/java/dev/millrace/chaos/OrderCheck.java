package dev.millrace.chaos;

import java.util.List;

/**
 * Order of a lane over all applications: a record is first handled when the one before it
 * has been handled to its end, by whomever. That is stricter than to compare the
 * beginnings.
 */
final class OrderCheck {

	private OrderCheck() {
	}

	static void check(Evidence evidence, Verdict verdict) {
		evidence.input().lanes().values().forEach((lane) -> check(lane, evidence.history(), verdict));
	}

	private static void check(List<RecordId> lane, History history, Verdict verdict) {
		for (int i = 1; i < lane.size(); i++) {
			long previous = firstEnd(history.of(lane.get(i - 1)));
			List<Handling> handlings = history.of(lane.get(i));
			if (!handlings.isEmpty() && handlings.get(0).start() < previous) {
				verdict.violation("Out of order: %s, before %s had been handled at %d", handlings.get(0),
						lane.get(i - 1), previous);
			}
		}
	}

	private static long firstEnd(List<Handling> handlings) {
		return handlings.stream().mapToLong(Handling::end).min().orElse(Long.MAX_VALUE);
	}

}
