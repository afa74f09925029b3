package dev.millrace.dispatch;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine under thousands of schedules, the same ones each time.
 * {@code -Dschedule.seed} replays one of them, {@code -Dschedule.count} goes on to
 * others.
 */
class InterleavingTests {

	private static final int SCHEDULES = 3000;

	@ParameterizedTest
	@EnumSource
	void noScheduleBreaksTheEngine(Ordering ordering) {
		seeds().forEach((seed) -> run(new Interleaving(ordering, false, seed), ordering, seed));
	}

	@ParameterizedTest
	@EnumSource
	void noScheduleBreaksTheEngineWithBatches(Ordering ordering) {
		seeds().forEach((seed) -> run(new Interleaving(ordering, true, seed), ordering, seed));
	}

	private static void run(Interleaving interleaving, Ordering ordering, long seed) {
		List<String> violations = interleaving.run();
		assertThat(violations)
			.as(() -> "-Dschedule.seed=%d with %s%n%s".formatted(seed, ordering,
					String.join("\n", interleaving.trace())))
			.isEmpty();
	}

	private static LongStream seeds() {
		Long seed = Long.getLong("schedule.seed");
		return (seed != null) ? LongStream.of(seed)
				: LongStream.range(0, Integer.getInteger("schedule.count", SCHEDULES));
	}

}
