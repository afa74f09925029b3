package dev.millrace;

/**
 * What becomes of a record when its handler has returned or failed. A failure is whatever
 * keeps the record from being handled: bytes that can't be decoded, arguments that can't
 * be bound or are not valid, an exception of the handler, a reply that can't be encoded
 * or is refused.
 * <p>
 * A handler may decide for itself under every policy but {@link #ACK_FIRST}: by an
 * {@link Acknowledgment} or by throwing a {@link RecordControl}.
 */
public enum AckPolicy {

	/**
	 * Finished after success. A failure is retried, then the record becomes a dead letter
	 * and is finished when the broker has confirmed that. The default.
	 */
	ACK_ON_SUCCESS,

	/**
	 * Finished after success. A failure makes the record a dead letter at once, without
	 * another attempt.
	 */
	REJECT_ON_ERROR,

	/**
	 * Finished after success. A failure is retried with a growing delay until it
	 * succeeds, also of a record that can't be decoded; there are no dead letters but
	 * those that the handler itself asks for.
	 */
	NACK_ON_ERROR,

	/**
	 * Finished after the attempt, whatever its outcome. A failure is logged and counted.
	 */
	ACK,

	/**
	 * Committed before the handler runs: at most once, truly. A failure is logged and
	 * counted. Whatever has not run is lost when the application or the subscriber stops,
	 * when the partition is given to another application, and when it is sought.
	 */
	ACK_FIRST,

	/**
	 * Finished when the handler says so through its {@link Acknowledgment}, at any time
	 * and from any thread. An exception before that is a failure as under
	 * {@link #ACK_ON_SUCCESS}.
	 */
	MANUAL

}
