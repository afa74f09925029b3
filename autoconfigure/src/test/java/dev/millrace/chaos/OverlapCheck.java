package dev.millrace.chaos;

import java.util.HashMap;
import java.util.Map;

/**
 * Two records of a lane never run at the same time within an application. In two
 * applications they may, when the earlier owner could not know, or could not wait any
 * longer.
 */
final class OverlapCheck {

	private final Map<String, Map<String, Handling>> running = new HashMap<>();

	private final Explanation explanation;

	private final Verdict verdict;

	private OverlapCheck(Evidence evidence, Verdict verdict) {
		this.explanation = new Explanation(evidence);
		this.verdict = verdict;
	}

	static void check(Evidence evidence, Verdict verdict) {
		OverlapCheck check = new OverlapCheck(evidence, verdict);
		for (Handling handling : evidence.history().handlings()) {
			Input.Sent sent = evidence.input().get(handling.id());
			if (sent != null) {
				check.next(handling, check.running.computeIfAbsent(sent.lane(), (lane) -> new HashMap<>()),
						evidence.chronicle());
			}
		}
	}

	private void next(Handling handling, Map<String, Handling> lane, Chronicle chronicle) {
		// A process that has ended runs nothing, whatever it has left open.
		lane.values()
			.removeIf(
					(other) -> other.end() <= handling.start() || chronicle.ended(other.instance(), handling.start()));
		for (Handling other : lane.values()) {
			if (other.instance().equals(handling.instance())) {
				this.verdict.violation("At the same time in one application: %s and %s", other, handling);
				continue;
			}
			Cause cause = this.explanation.explain(other, handling);
			this.verdict.overlap(cause);
			if (cause == Cause.UNEXPLAINED) {
				this.verdict.violation("At the same time in two applications: %s and %s", other, handling);
			}
		}
		lane.put(handling.instance(), handling);
	}

}
