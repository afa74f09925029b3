package dev.millrace.chaos;

import java.time.Duration;

/**
 * Something that goes wrong, or is done on purpose, while records flow.
 *
 * @param kind what happens
 * @param draw which of those that run at that time is hit, a number that is taken modulo
 * their count
 * @param length how long it lasts, where it lasts
 */
record Disturbance(Kind kind, int draw, Duration length) {

	/**
	 * What happens.
	 */
	enum Kind {

		/** {@code kill -9}, and another process takes the place. */
		KILL_APPLICATION,

		/** {@code kill -9}, and the broker is started again on its data. */
		KILL_BROKER,

		/** Orderly end, and another process takes the place. */
		STOP_APPLICATION,

		/** The process stands still, sometimes for longer than its session lasts. */
		PAUSE_APPLICATION,

		/** One application after the other is stopped and replaced. */
		ROLLING_RESTART,

		/** One application more. */
		GROW,

		/** One application less, in order. */
		SHRINK

	}

}
