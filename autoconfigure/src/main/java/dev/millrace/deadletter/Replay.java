package dev.millrace.deadletter;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Replay as it was when it was asked for.
 *
 * @param id its unique id
 * @param subscriber whose dead letters are replayed
 * @param by who wanted it, or {@code null}
 * @param began when it began
 * @param ended when it ended, or {@code null} as long as it goes on
 * @param state what it does
 * @param total how many dead letters are to be replayed: as many as were found before the
 * first of them was
 * @param replayed how many dead letters have been replayed
 * @param exhausted how many were left where they are, because they had been replayed too
 * often
 * @param problem why it has failed, or {@code null}
 */
public record Replay(String id, String subscriber, @Nullable String by, Instant began, @Nullable Instant ended,
		State state, long total, long replayed, long exhausted, @Nullable String problem) {

	/**
	 * What a replay does.
	 */
	public enum State {

		/** It goes on. */
		RUNNING,

		/** It has come to the last dead letter that was there when it began. */
		DONE,

		/** It was cancelled, or the application has stopped. */
		CANCELLED,

		/** It has failed. What it has not replayed can be replayed by another one. */
		FAILED

	}

}
