package dev.millrace.chaos;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.millrace.Ordering;
import dev.millrace.chaos.Disturbance.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Scenario}.
 */
class ScenarioTests {

	@Test
	void sameSeedDrawsTheSame() {
		assertThat(Scenario.of(plan(7, 20))).isEqualTo(Scenario.of(plan(7, 20)));
		assertThat(Scenario.of(plan(7, 20))).isNotEqualTo(Scenario.of(plan(8, 20)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 20 })
	void killsAsOftenAsItIsTold(int kills) {
		for (int seed = 0; seed < 100; seed++) {
			List<Disturbance> disturbances = Scenario.of(plan(seed, kills));
			assertThat(disturbances).hasSize(kills + kills * 3 / 2 + 1);
			assertThat(disturbances)
				.filteredOn((disturbance) -> disturbance.kind() == Kind.KILL_APPLICATION
						|| disturbance.kind() == Kind.KILL_BROKER)
				.hasSize(kills);
		}
	}

	@Test
	void neitherLessThanOneApplicationNorMoreThanFour() {
		for (int seed = 0; seed < 100; seed++) {
			int applications = Plan.APPLICATIONS;
			for (Disturbance disturbance : Scenario.of(plan(seed, 50))) {
				applications += (disturbance.kind() == Kind.GROW) ? 1 : (disturbance.kind() == Kind.SHRINK) ? -1 : 0;
				assertThat(applications).isBetween(1, Plan.MOST_APPLICATIONS);
			}
		}
	}

	@Test
	void somePausesCostTheSessionAndSomeDoNot() {
		assertThat(Scenario.of(plan(1, 50))).extracting(Disturbance::length)
			.anyMatch((length) -> length.compareTo(Plan.SESSION) > 0)
			.anyMatch((length) -> length.compareTo(Plan.SESSION) < 0);
	}

	private static Plan plan(long seed, int kills) {
		return new Plan(seed, 1000, Duration.ofSeconds(1), kills, Ordering.KEY, false, List.of());
	}

}
