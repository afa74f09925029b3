package dev.millrace.monitor;

import java.util.Locale;

/**
 * What happened to a record; each is counted.
 */
public enum Outcome {

	/**
	 * Handled, and all that was published because of it is confirmed.
	 */
	PROCESSED,

	/**
	 * An attempt failed, whatever followed.
	 */
	FAILED,

	/**
	 * Another attempt was ordered, after a failure or because the handler wants it.
	 */
	RETRIED,

	/**
	 * Became a dead letter that the broker has confirmed.
	 */
	DEAD_LETTERED,

	/**
	 * A dead letter could not be written; it is written again.
	 */
	DEAD_LETTER_FAILED,

	/**
	 * Failed for good and left behind, because there are no dead letters or the policy
	 * wants it so.
	 */
	DROPPED,

	/**
	 * Skipped by the handler.
	 */
	SKIPPED;

	/**
	 * Return what it is called where people look.
	 * @return the name with small letters and hyphens
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
