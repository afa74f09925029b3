package dev.millrace;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Has the record handled again, as often as the handler throws it: before all that wait
 * in its lane or, with {@link RetryMode#TOPIC}, while its lane goes on: attempts are
 * counted but not limited.
 */
public final class NackRecord extends RecordControl {

	/**
	 * The longest delay, a hundred years. One that is longer is as long as this.
	 */
	public static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

	private final @Nullable Duration delay;

	/**
	 * Create the exception; the record waits as long as it would after a failure.
	 */
	public NackRecord() {
		this(null);
	}

	/**
	 * Create the exception with a delay.
	 * @param delay how long the record waits, {@link #LONGEST_DELAY} at most, or
	 * {@code null} to wait as long as it would after a failure
	 */
	public NackRecord(@Nullable Duration delay) {
		super("The handler wants the record again");
		this.delay = (delay != null && delay.compareTo(LONGEST_DELAY) > 0) ? LONGEST_DELAY : delay;
	}

	/**
	 * Return how long the record waits.
	 * @return the delay, or {@code null}
	 */
	public @Nullable Duration delay() {
		return this.delay;
	}

}
