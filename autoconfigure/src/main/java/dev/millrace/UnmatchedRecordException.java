package dev.millrace;

/**
 * Thrown for a record that none of a subscriber's handlers takes. Not retried by default:
 * the filters would say the same again.
 *
 * @see Unmatched#DEAD_LETTER
 */
public class UnmatchedRecordException extends StreamException {

	/**
	 * Create an exception.
	 * @param message whose handlers did not take it
	 */
	public UnmatchedRecordException(String message) {
		super(message, null);
	}

}
