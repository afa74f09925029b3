package dev.millrace.deadletter;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * What is to be replayed, and how.
 *
 * @param subscriber the id of the subscriber whose dead letters they are
 * @param filter which of them; what has been replayed is never replayed again
 * @param target what they go to
 * @param rate how many in a second at most, or {@code null} for no limit
 * @param maxReplays how often a record may be replayed in all; one that has failed again
 * so often stays where it is
 * @param by who wants it, for the log of replays, or {@code null}
 */
public record ReplayRequest(String subscriber, DeadLetterFilter filter, Target target, @Nullable Double rate,
		int maxReplays, @Nullable String by) {

	private static final int MAX_REPLAYS = 3;

	public ReplayRequest {
		Assert.isTrue(rate == null || rate > 0, "The rate must be greater than 0");
		Assert.isTrue(maxReplays > 0, "The number of replays must be at least 1");
	}

	/**
	 * Ask for all that a subscriber has, to the topics that they came from, without a
	 * limit of the rate, three times at most.
	 * @param subscriber the id of the subscriber
	 * @return the request
	 */
	public static ReplayRequest of(String subscriber) {
		return new ReplayRequest(subscriber, DeadLetterFilter.OPEN, Target.TOPIC, null, MAX_REPLAYS, null);
	}

	/**
	 * Ask for some.
	 * @param filter which
	 * @return the changed request
	 */
	public ReplayRequest withFilter(DeadLetterFilter filter) {
		return new ReplayRequest(this.subscriber, filter, this.target, this.rate, this.maxReplays, this.by);
	}

	/**
	 * Say what they go to.
	 * @param target the target
	 * @return the changed request
	 */
	public ReplayRequest withTarget(Target target) {
		return new ReplayRequest(this.subscriber, this.filter, target, this.rate, this.maxReplays, this.by);
	}

	/**
	 * Limit the rate.
	 * @param rate how many in a second at most
	 * @return the changed request
	 */
	public ReplayRequest withRate(double rate) {
		return new ReplayRequest(this.subscriber, this.filter, this.target, rate, this.maxReplays, this.by);
	}

	/**
	 * Limit how often a record is replayed.
	 * @param maxReplays how often, in all
	 * @return the changed request
	 */
	public ReplayRequest withMaxReplays(int maxReplays) {
		return new ReplayRequest(this.subscriber, this.filter, this.target, this.rate, maxReplays, this.by);
	}

	/**
	 * Say who wants it.
	 * @param by a name
	 * @return the changed request
	 */
	public ReplayRequest withBy(String by) {
		return new ReplayRequest(this.subscriber, this.filter, this.target, this.rate, this.maxReplays, by);
	}

	/**
	 * What dead letters go to when they are replayed.
	 */
	public enum Target {

		/**
		 * The topic and the partition that they came from, for all that read it. None is
		 * doubled and none lost.
		 */
		TOPIC,

		/**
		 * The handlers of the subscriber, in this instance of the application, as the
		 * records that they were. They keep their order among themselves, but one may run
		 * beside a record of its key that was polled. What is handled when the
		 * application dies is handled again by the next replay. Not for subscribers with
		 * {@code exactlyOnce}.
		 */
		HANDLER

	}

}
