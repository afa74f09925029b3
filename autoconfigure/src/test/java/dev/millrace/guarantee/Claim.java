package dev.millrace.guarantee;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a history must show, each as a verdict of the {@link Oracle}.
 */
enum Claim {

	NO_LOSS(Oracle::lost),

	ORDER_OF_A_KEY((oracle) -> oracle.outOfOrder(Handling::key, Handling::seq)),

	ORDER_OF_A_PARTITION((oracle) -> oracle.outOfOrder(Handling::partition, Handling::offset)),

	ONE_OF_A_KEY_AT_A_TIME((oracle) -> oracle.overlaps(Handling::key)),

	ONE_OF_A_PARTITION_AT_A_TIME((oracle) -> oracle.overlaps(Handling::partition)),

	ONLY_OWNERS_START(Oracle::unowned),

	DUPLICATES_ARE_UNCOMMITTED(Oracle::committedDuplicates),

	NO_DUPLICATES(Oracle::duplicates),

	COMMITTED_TO_THE_END(Oracle::notCommitted),

	NOTHING_UNFINISHED_IS_COMMITTED(Oracle::committedTooEarly);

	private final Function<Oracle, List<String>> violations;

	Claim(Function<Oracle, List<String>> violations) {
		this.violations = violations;
	}

	List<String> violations(History history) {
		return this.violations.apply(new Oracle(history));
	}

	static void assertHold(History history, Iterable<Claim> claims) {
		List<String> all = new ArrayList<>();
		for (Claim claim : claims) {
			List<String> violations = claim.violations(history);
			violations.stream().limit(5).forEach((violation) -> all.add(claim + ": " + violation));
			if (violations.size() > 5) {
				all.add("%s: %d in all".formatted(claim, violations.size()));
			}
		}
		assertThat(all).isEmpty();
	}

}
