package dev.millrace;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Has the record handled again, as often as the handler throws it: before all that wait
 * in its lane or, with {@link RetryMode#TOPIC}, while its lane goes on: attempts are
 * counted but not limited.
 */
public final class NackRecord extends RecordControl {

	private final @Nullable Duration delay;

	/**
	 * Create the exception; the record waits as long as it would after a failure.
	 */
	public NackRecord() {
		this(null);
	}

	/**
	 * Create the exception with a delay.
	 * @param delay how long the record waits, or {@code null} to wait as long as it would
	 * after a failure
	 */
	public NackRecord(@Nullable Duration delay) {
		super("The handler wants the record again");
		this.delay = delay;
	}

	/**
	 * Return how long the record waits.
	 * @return the delay, or {@code null}
	 */
	public @Nullable Duration delay() {
		return this.delay;
	}

}
