package dev.millrace.deadletter;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Makes the entries that one replay writes to the log.
 *
 * @param replay the id of the replay
 * @param request what is replayed
 * @param clock the time
 */
record ReplayEntries(String replay, ReplayRequest request, InstantSource clock) {

	ReplayEntry entry(DeadLetter letter, String to) {
		return new ReplayEntry(letter.position().toString(), this.replay, this.request.subscriber(), this.request.by(),
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), to, letter.topicId());
	}

}
