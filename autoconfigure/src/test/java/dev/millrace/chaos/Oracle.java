package dev.millrace.chaos;

import java.util.List;

/**
 * Judges a run when all is over. Each check stands for one guarantee.
 */
final class Oracle {

	private static final List<Check> CHECKS = List.of(Oracle::input, Oracle::loss, Oracle::committed, OrderCheck::check,
			OverlapCheck::check);

	/**
	 * Transactions that are aborted are handled again by whoever has begun them, and
	 * nobody sees it.
	 */
	private static final List<Check> AT_LEAST_ONCE = List.of(TenureCheck::check, DuplicateCheck::check);

	private static final List<Check> EXACTLY_ONCE = List.of(Oracle::once);

	private Oracle() {
	}

	static Verdict judge(Evidence evidence) {
		Verdict verdict = new Verdict();
		CHECKS.forEach((check) -> check.check(evidence, verdict));
		(evidence.exactlyOnce() ? EXACTLY_ONCE : AT_LEAST_ONCE).forEach((check) -> check.check(evidence, verdict));
		return verdict;
	}

	private static void input(Evidence evidence, Verdict verdict) {
		evidence.input().faults().forEach((fault) -> verdict.violation("%s", fault));
		for (Handling handling : evidence.history().handlings()) {
			Input.Sent sent = evidence.input().get(handling.id());
			if (sent == null || !sent.body().equals(handling.body())) {
				verdict.violation("Handled what was not sent: %s, sent was %s", handling, sent);
			}
		}
	}

	private static void loss(Evidence evidence, Verdict verdict) {
		for (RecordId id : evidence.input().ids()) {
			if (evidence.history().of(id).stream().noneMatch(Handling::isComplete)) {
				verdict.violation("Lost: %s (%s) was never handled to its end", evidence.input().get(id).body(), id);
			}
			if (!evidence.replies().containsKey(id)) {
				verdict.violation("Lost: %s (%s) has no reply", evidence.input().get(id).body(), id);
			}
		}
	}

	private static void committed(Evidence evidence, Verdict verdict) {
		evidence.ends().forEach((partition, end) -> {
			long committed = evidence.committed().getOrDefault(partition, 0L);
			if (committed != end) {
				verdict.violation("Partition %d is committed up to %d and ends at %d", partition, committed, end);
			}
		});
	}

	private static void once(Evidence evidence, Verdict verdict) {
		evidence.replies().forEach((id, count) -> {
			if (count > 1) {
				verdict.violation("%s has %d committed replies", id, count);
			}
		});
	}

	/**
	 * One of the things that are checked.
	 */
	@FunctionalInterface
	interface Check {

		void check(Evidence evidence, Verdict verdict);

	}

}
