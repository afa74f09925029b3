package dev.millrace.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the disturbance because of which an application had to give a partition up
 * without having committed all that it had handled.
 */
final class Explanation {

	private final Chronicle chronicle;

	private final Map<String, Life> lives = new HashMap<>();

	private final Set<Tenure> drainTimeouts = new HashSet<>();

	private final Map<Tenure, Long> gaps = new HashMap<>();

	private final Evidence evidence;

	Explanation(Evidence evidence) {
		this.evidence = evidence;
		this.chronicle = evidence.chronicle();
		evidence.history().lives().forEach((life) -> this.lives.put(life.instance(), life));
		evidence.history().handlings().forEach(this::noteDrainTimeout);
	}

	/**
	 * Explain why two tenures have both handled a record, or two of a lane at a time.
	 * @param earlier what began first
	 * @param later what began while the effect of that one did not count
	 * @return the cause
	 */
	Cause explain(Handling earlier, Handling later) {
		Tenure left = earlier.tenure();
		Tenure taken = later.tenure();
		if (left == taken) {
			// Nobody else had the partition. Only a handler that began in the moment in
			// which the process stopped may have been written down behind its tenure.
			return stoodStill(left.instance(), later.start() - this.chronicle.reach(), later.start()) ? Cause.PAUSE
					: Cause.UNEXPLAINED;
		}
		if (left.ending() == Tenure.Ending.NONE && this.chronicle.killed(left.instance(), later.start())) {
			return Cause.KILL;
		}
		if (stoodStill(left, later.start()) || stoodStill(taken, later.start())) {
			return Cause.PAUSE;
		}
		if (brokerWasAway(left, later.start()) || brokerWasAway(taken, later.start())) {
			return Cause.BROKER_LOSS;
		}
		if (this.drainTimeouts.contains(left)) {
			return Cause.DRAIN_TIMEOUT;
		}
		return finishedAhead(earlier) ? Cause.FINISHED_AHEAD : Cause.UNEXPLAINED;
	}

	// The engine starts nothing while it drains. What still runs afterwards has therefore
	// run for the whole time that the engine had to wait, or the engine did not wait.
	private void noteDrainTimeout(Handling handling) {
		Tenure tenure = handling.tenure();
		if (tenure.ending() == Tenure.Ending.REVOKED && handling.end() > tenure.to()
				&& handling.start() + this.chronicle.drain().toNanos() <= tenure.to()) {
			this.drainTimeouts.add(tenure);
		}
	}

	private boolean finishedAhead(Handling handling) {
		Tenure tenure = handling.tenure();
		return tenure.ending() == Tenure.Ending.REVOKED && handling.end() <= tenure.to()
				&& handling.id().offset() > this.gaps.computeIfAbsent(tenure, this::firstGap);
	}

	// The first offset that was not handled to its end when the tenure was over
	private long firstGap(Tenure tenure) {
		for (RecordId id : this.evidence.input().ids()) {
			if (id.partition() == tenure.partition() && id.offset() >= tenure.position()
					&& this.evidence.history()
						.of(id)
						.stream()
						.noneMatch((handling) -> handling.tenure() == tenure && handling.end() <= tenure.to())) {
				return id.offset();
			}
		}
		return Long.MAX_VALUE;
	}

	private boolean stoodStill(Tenure tenure, long now) {
		return stoodStill(tenure.instance(), reach(tenure, now), close(tenure, now));
	}

	private boolean stoodStill(String instance, long from, long to) {
		return Stream
			.concat(this.lives.get(instance).pauses().stream(),
					this.chronicle.pauses().getOrDefault(instance, List.of()).stream())
			.filter(this.chronicle::costsSession)
			.anyMatch((pause) -> pause.overlaps(from, to));
	}

	private boolean brokerWasAway(Tenure tenure, long now) {
		return this.chronicle.outages()
			.stream()
			.anyMatch((outage) -> outage.overlaps(reach(tenure, now), close(tenure, now)));
	}

	private static long close(Tenure tenure, long now) {
		return Math.min(tenure.to(), now);
	}

	private long reach(Tenure tenure, long now) {
		return Math.max(tenure.from(), close(tenure, now) - this.chronicle.reach());
	}

}
