package dev.millrace.dispatch;

/**
 * What the executor gives threads to.
 */
interface LaneTask {

	/**
	 * Run until there is nothing to do, or others should get the thread, or a record
	 * holds the slot.
	 * @param worker whose thread it is
	 * @return how the run ended
	 */
	Turn run(LaneExecutor.Worker worker);

	/**
	 * Return the place of what is to run next, as {@link ReadyLanes} has it. It does not
	 * change while the task waits for a thread.
	 * @return the tag, always the same when whoever comes first is next
	 */
	long startTag();

	/**
	 * How a run ended.
	 */
	enum Turn {

		/** There is nothing more to do; the slot is free. */
		OVER,

		/** There may be more to do. */
		MORE,

		/** A record holds the slot until it completes. */
		HELD

	}

}
