package dev.millrace.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Dead letters of the application's subscribers, a bean. Safe for use by several threads.
 * Dead letters stay in their topics; which of them have been replayed is written to a
 * topic of its own, the log of replays.
 */
public interface DeadLetters {

	/**
	 * Look at dead letters of a subscriber.
	 * @param subscriber its id
	 * @param filter which
	 * @param from where to begin, as the page before says, or {@code null} for the
	 * beginning
	 * @param limit how many at most
	 * @return the dead letters
	 * @throws IllegalArgumentException when there is no such subscriber
	 */
	DeadLetterPage find(String subscriber, DeadLetterFilter filter, @Nullable RecordPosition from, int limit);

	/**
	 * Count the dead letters of a subscriber, by the exceptions that they failed with.
	 * @param subscriber its id
	 * @return the groups, the one with the most that have not been replayed first
	 * @throws IllegalArgumentException when there is no such subscriber
	 */
	List<DeadLetterGroup> groups(String subscriber);

	/**
	 * Replay dead letters that are there now. {@link ReplayRequest.Target#TOPIC} writes
	 * each to the partition that it came from, or if that is gone to the one that its key
	 * says, with its key, value and headers, without those that say that it was a dead
	 * letter, and at the time of the replay. A dead letter and the entry that says so in
	 * the log of replays are written in one transaction, so that none is replayed twice
	 * and none is forgotten, whatever happens to the application, for those who read with
	 * {@code isolation.level=read_committed}. Only one replay of a subscriber runs at a
	 * time: another one, of any instance of the application, ends this one.
	 * @param request what is to be replayed, and how
	 * @return the replay, which goes on by itself
	 * @throws IllegalArgumentException when there is no such subscriber
	 */
	Replay replay(ReplayRequest request);

	/**
	 * End a replay. What it has replayed stays replayed. Handlers that run have the time
	 * of a stop to end.
	 * @param id the id of the replay
	 * @return the replay
	 * @throws IllegalArgumentException when this application has not begun such a replay
	 */
	Replay cancel(String id);

	/**
	 * Return the replays that this application has begun.
	 * @return a snapshot, the latest first; of those that have ended only the last ones
	 */
	List<Replay> replays();

	/**
	 * Read the log of replays: who has replayed what and when, by any instance of the
	 * application.
	 * @param subscriber the id of the subscriber
	 * @return the entries, in the order in which they were written
	 */
	List<ReplayEntry> log(String subscriber);

}
