package dev.millrace.deadletter;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The dead letters that have been replayed, as far as the log was read.
 */
final class ReplayedLetters {

	/**
	 * Entries of older versions don't say of which topic they are.
	 */
	private static final String ANY = "";

	private final Map<String, String> topics = new HashMap<>();

	void add(ReplayEntry entry) {
		this.topics.put(entry.letter(), Objects.requireNonNullElse(entry.topicId(), ANY));
	}

	void remove(String letter) {
		this.topics.remove(letter);
	}

	/**
	 * Return whether a dead letter has been replayed.
	 * @param letter where it is
	 * @param topicId the id of its topic: one that was deleted and created again has dead
	 * letters where there were others
	 * @return whether it has been
	 */
	boolean contains(RecordPosition letter, String topicId) {
		String replayed = this.topics.get(letter.toString());
		return replayed != null && (replayed.equals(ANY) || replayed.equals(topicId));
	}

}
