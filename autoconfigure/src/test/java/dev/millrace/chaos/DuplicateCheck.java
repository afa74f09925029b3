package dev.millrace.chaos;

import java.util.List;

/**
 * Each handling after the first one of its record has a cause.
 */
final class DuplicateCheck {

	private DuplicateCheck() {
	}

	static void check(Evidence evidence, Verdict verdict) {
		Explanation explanation = new Explanation(evidence);
		for (RecordId id : evidence.input().ids()) {
			List<Handling> handlings = evidence.history().of(id);
			for (int i = 1; i < handlings.size(); i++) {
				Cause cause = explanation.explain(handlings.get(i - 1), handlings.get(i));
				verdict.duplicate(cause);
				if (cause == Cause.UNEXPLAINED) {
					verdict.violation("Handled again without a cause: %s, and before that %s", handlings.get(i),
							handlings.get(i - 1));
				}
			}
		}
	}

}
