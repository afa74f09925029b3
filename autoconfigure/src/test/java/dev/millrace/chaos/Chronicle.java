package dev.millrace.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was done to the processes.
 *
 * @param kills when which application was killed
 * @param exits when which application had ended, in whatever way
 * @param pauses when which application was made to stand still; what applications noticed
 * themselves comes on top
 * @param outages from the death of a broker until all replicas were in sync again
 * @param session how long an application may be silent
 * @param drain how long a revocation waits for handlers
 */
record Chronicle(Map<String, Long> kills, Map<String, Long> exits, Map<String, List<Interval>> pauses,
		List<Interval> outages, Duration session, Duration drain) {

	boolean killed(String instance, long before) {
		return this.kills.getOrDefault(instance, Long.MAX_VALUE) <= before;
	}

	boolean ended(String instance, long before) {
		return this.exits.getOrDefault(instance, Long.MAX_VALUE) <= before;
	}

	/**
	 * Return how far back something can lie that cost an application a partition.
	 * @return the time in nanoseconds
	 */
	long reach() {
		return this.session.plus(this.drain).toNanos();
	}

	/**
	 * Return whether a stretch of silence is long enough to cost the session. The last
	 * heartbeat before it may be old, so half of the session's time is.
	 * @param pause the silence
	 * @return whether it is
	 */
	boolean costsSession(Interval pause) {
		return pause.length() >= this.session.toNanos() / 2;
	}

}
