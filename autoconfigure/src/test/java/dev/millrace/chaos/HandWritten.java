package dev.millrace.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.millrace.Ordering;

/**
 * Evidence written by hand, in the words of the applications' own log but with times in
 * seconds. A session lasts 6 of them and a drain 5. What is not said otherwise is as it
 * should be: one partition, everything replied to and committed.
 */
final class HandWritten {

	private static final long SECOND = 1_000_000_000;

	private final Map<RecordId, Integer> replies = new HashMap<>();

	private final Map<String, Long> kills = new HashMap<>();

	private final Map<String, Long> exits = new HashMap<>();

	private final List<Interval> outages = new ArrayList<>();

	private final List<Life> lives = new ArrayList<>();

	private final Input input;

	private Long committed;

	private boolean exactlyOnce;

	HandWritten(Ordering ordering) {
		this.input = new Input(ordering);
	}

	/**
	 * Send records, to the offsets from 0.
	 * @param bodies the bodies
	 * @return this
	 */
	HandWritten sent(String... bodies) {
		for (String body : bodies) {
			RecordId id = new RecordId(0, this.input.ids().size());
			this.input.add(id, body);
			this.replies.put(id, 1);
		}
		return this;
	}

	/**
	 * Add what an application has written, with times in seconds as the last word of each
	 * line.
	 * @param instance the application
	 * @param lines the lines
	 * @return this
	 */
	HandWritten application(String instance, String... lines) {
		this.lives.add(Life.parse(instance, List.of(lines).stream().map(HandWritten::inNanos).toList()));
		return this;
	}

	HandWritten killed(String instance, int second) {
		this.kills.put(instance, second * SECOND);
		this.exits.put(instance, second * SECOND);
		return this;
	}

	HandWritten brokerAway(int from, int to) {
		this.outages.add(new Interval(from * SECOND, to * SECOND));
		return this;
	}

	HandWritten replies(int offset, int count) {
		this.replies.put(new RecordId(0, offset), count);
		return this;
	}

	HandWritten noReply(int offset) {
		this.replies.remove(new RecordId(0, offset));
		return this;
	}

	HandWritten committed(long offset) {
		this.committed = offset;
		return this;
	}

	HandWritten exactlyOnce() {
		this.exactlyOnce = true;
		return this;
	}

	Verdict judge() {
		long end = this.input.ids().size();
		Chronicle chronicle = new Chronicle(this.kills, this.exits, Map.of(), this.outages, Duration.ofSeconds(6),
				Duration.ofSeconds(5));
		return Oracle.judge(new Evidence(this.input, new History(this.lives), chronicle, this.replies, Map.of(0, end),
				Map.of(0, (this.committed != null) ? this.committed : end), this.exactlyOnce));
	}

	private static String inNanos(String line) {
		String[] words = line.split(" ");
		int times = line.startsWith("P") ? 2 : 1;
		for (int i = words.length - times; i < words.length; i++) {
			words[i] += "000000000";
		}
		return String.join(" ", words);
	}

}
