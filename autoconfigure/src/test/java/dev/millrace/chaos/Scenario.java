package dev.millrace.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.millrace.chaos.Disturbance.Kind;

/**
 * Draws the disturbances of a run.
 */
final class Scenario {

	private static final List<Kind> OTHERS = List.of(Kind.STOP_APPLICATION, Kind.PAUSE_APPLICATION,
			Kind.ROLLING_RESTART, Kind.GROW, Kind.SHRINK);

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	private Scenario() {
	}

	static List<Disturbance> of(Plan plan) {
		Random random = new Random(plan.seed());
		List<Kind> kinds = kinds(plan.kills(), random);
		List<Disturbance> disturbances = new ArrayList<>();
		int applications = Plan.APPLICATIONS;
		for (Kind drawn : kinds) {
			Kind kind = possible(drawn, applications);
			applications += (kind == Kind.GROW) ? 1 : (kind == Kind.SHRINK) ? -1 : 0;
			disturbances.add(new Disturbance(kind, random.nextInt(1000), pause(random)));
		}
		return disturbances;
	}

	// Two of three kills hit an application; for two kills there are three other things.
	private static List<Kind> kinds(int kills, Random random) {
		List<Kind> kinds = new ArrayList<>();
		for (int i = 0; i < kills; i++) {
			kinds.add((i % 3 == 1) ? Kind.KILL_BROKER : Kind.KILL_APPLICATION);
		}
		List<Kind> deck = new ArrayList<>();
		for (int i = 0; i < kills * 3 / 2 + 1; i++) {
			if (deck.isEmpty()) {
				deck.addAll(OTHERS);
				Collections.shuffle(deck, random);
			}
			kinds.add(deck.remove(0));
		}
		Collections.shuffle(kinds, random);
		return kinds;
	}

	private static Kind possible(Kind kind, int applications) {
		if (kind == Kind.GROW && applications == Plan.MOST_APPLICATIONS) {
			return Kind.SHRINK;
		}
		if (kind == Kind.SHRINK && applications == 1) {
			return Kind.GROW;
		}
		return kind;
	}

	private static Duration pause(Random random) {
		long range = Plan.SESSION.multipliedBy(2).minus(SHORTEST_PAUSE).toMillis();
		return SHORTEST_PAUSE.plusMillis(random.nextInt((int) range));
	}

}
