package dev.millrace;

/**
 * What a request ends with that was not answered in time. An answer that comes later is
 * counted and dropped.
 *
 * @see StreamOperations#request
 */
public class RequestTimeoutException extends StreamException {

	/**
	 * Create an exception.
	 * @param message what was asked and how long was waited
	 */
	public RequestTimeoutException(String message) {
		super(message, null);
	}

}
