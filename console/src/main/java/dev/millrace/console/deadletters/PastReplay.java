package dev.millrace.console.deadletters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.deadletter.ReplayEntry;

/**
 * What the log of replays says about one replay.
 *
 * @param id its id
 * @param by who wanted it, or {@code null}
 * @param first when the first dead letter was replayed
 * @param last when the last one was
 * @param letters how many were replayed
 * @param handler whether they went straight to the handler
 */
record PastReplay(String id, @Nullable String by, Instant first, Instant last, int letters, boolean handler) {

	private static final String HANDLER = "handler";

	/**
	 * Read the log.
	 * @param entries its entries
	 * @return the replays, the latest first
	 */
	static List<PastReplay> of(List<ReplayEntry> entries) {
		Map<String, PastReplay> replays = new LinkedHashMap<>();
		entries.forEach((entry) -> replays.merge(entry.replay(), of(entry), PastReplay::and));
		List<PastReplay> latest = new ArrayList<>(replays.values());
		latest.sort(Comparator.comparing(PastReplay::first).reversed());
		return latest;
	}

	private static PastReplay of(ReplayEntry entry) {
		Instant time = Instant.parse(entry.time());
		return new PastReplay(entry.replay(), entry.by(), time, time, 1, entry.to().equals(HANDLER));
	}

	private PastReplay and(PastReplay other) {
		return new PastReplay(this.id, this.by, this.first.isBefore(other.first) ? this.first : other.first,
				this.last.isAfter(other.last) ? this.last : other.last, this.letters + other.letters, this.handler);
	}

}
