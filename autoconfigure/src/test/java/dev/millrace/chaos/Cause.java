package dev.millrace.chaos;

/**
 * Why a record was handled again, or beside another one of its lane.
 */
enum Cause {

	/** The application that had handled it was killed. */
	KILL,

	/** One of the two applications stood still while its session went on. */
	PAUSE,

	/** A broker was away: no commit, no confirmation, or no heartbeat came through. */
	BROKER_LOSS,

	/** A handler outlived the time that a revocation waits. */
	DRAIN_TIMEOUT,

	/**
	 * The partition went over in order, but behind a record that had not begun yet others
	 * had already been handled, in other lanes: what is committed is what lies before the
	 * first gap.
	 */
	FINISHED_AHEAD,

	/** None of these, which is a fault of the engine. */
	UNEXPLAINED

}
