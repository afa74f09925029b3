package dev.millrace;

/**
 * What becomes of a record that none of a subscriber's handlers takes.
 */
public enum Unmatched {

	/**
	 * It fails for good, as a record that can't be decoded does: no further attempt, and
	 * a dead letter wherever the {@link AckPolicy} has one. The default.
	 */
	DEAD_LETTER,

	/**
	 * It fails as if a handler had thrown an exception: the {@link AckPolicy} and the
	 * retry settings say what follows. For filters whose answer may change.
	 */
	ERROR,

	/**
	 * It is finished and counted as skipped; no error, no log entry above {@code DEBUG}.
	 */
	SKIP

}
