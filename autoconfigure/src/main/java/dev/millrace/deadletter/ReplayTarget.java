package dev.millrace.deadletter;

import java.util.List;

/**
 * What replayed dead letters go to. For one thread.
 */
interface ReplayTarget extends AutoCloseable {

	/**
	 * Replay dead letters, and enter them into the log.
	 * @param letters the dead letters, in their order
	 * @return how many were replayed: all, unless the subscriber has stopped meanwhile
	 */
	int replay(List<DeadLetter> letters);

	@Override
	void close();

}
