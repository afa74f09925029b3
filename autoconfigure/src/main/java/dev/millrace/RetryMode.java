package dev.millrace;

/**
 * Where a record that failed waits for its next attempt.
 */
public enum RetryMode {

	/**
	 * In its lane, which stands still meanwhile, so that order is kept. For delays of
	 * seconds. The default.
	 */
	LANE,

	/**
	 * In a topic of the subscriber's own, while its lane goes on: later records overtake
	 * it, unless they are to keep their order. For delays of minutes and more.
	 */
	TOPIC

}
