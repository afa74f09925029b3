package dev.millrace;

/**
 * What a request ends with when the handler that was to answer it has failed for good.
 *
 * @see StreamOperations#request
 */
public class RequestFailedException extends StreamException {

	private final String errorType;

	/**
	 * Create an exception.
	 * @param message the message of the handler's exception
	 * @param errorType the name of its class
	 */
	public RequestFailedException(String message, String errorType) {
		super(message, null);
		this.errorType = errorType;
	}

	/**
	 * Return the class of the exception that the handler has thrown.
	 * @return its name, as the other side calls it
	 */
	public String errorType() {
		return this.errorType;
	}

}
