package dev.millrace.deadletter;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What replayed dead letters go to. For one thread.
 */
interface ReplayTarget extends AutoCloseable {

	/**
	 * Replay dead letters, and enter them into the log.
	 * @param letters the dead letters, in their order
	 * @param cancelled whether no more of them are to be replayed
	 * @return how many were replayed: all, unless the replay was cancelled or the
	 * subscriber has stopped meanwhile
	 */
	int replay(List<DeadLetter> letters, BooleanSupplier cancelled);

	@Override
	void close();

}
