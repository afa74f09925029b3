package dev.millrace.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Order of a lane within a tenure: wherever an application begins, it goes on from there
 * record by record, whether or not others have handled them before.
 * <p>
 * Once per lane and tenure, behind its first record, a jump is allowed if the application
 * has had the partition before: a handler that was about to begin when the partition was
 * lost may be written down behind the next assignment.
 */
final class TenureCheck {

	private final Map<Tenure, Map<String, Integer>> last = new HashMap<>();

	private final Map<Tenure, Set<String>> continued = new HashMap<>();

	private final Set<Tenure> returns = new HashSet<>();

	private TenureCheck(History history) {
		for (Life life : history.lives()) {
			Set<Integer> partitions = new HashSet<>();
			life.tenures().stream().filter((tenure) -> !partitions.add(tenure.partition())).forEach(this.returns::add);
		}
	}

	static void check(Evidence evidence, Verdict verdict) {
		TenureCheck check = new TenureCheck(evidence.history());
		for (Handling handling : evidence.history().handlings()) {
			Input.Sent sent = evidence.input().get(handling.id());
			if (sent != null) {
				check.next(handling, sent, verdict);
			}
		}
	}

	private void next(Handling handling, Input.Sent sent, Verdict verdict) {
		Tenure tenure = handling.tenure();
		Integer before = this.last.computeIfAbsent(tenure, (key) -> new HashMap<>()).put(sent.lane(), sent.index());
		if (before == null) {
			return;
		}
		boolean first = this.continued.computeIfAbsent(tenure, (key) -> new HashSet<>()).add(sent.lane());
		if (sent.index() != before + 1 && !(first && this.returns.contains(tenure))) {
			verdict.violation("Out of order within a tenure: %s, index %d of its lane after index %d", handling,
					sent.index(), before);
		}
	}

}
