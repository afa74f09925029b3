package dev.millrace.console.web;

/**
 * Thrown when somebody may not do what he asks for. The message says what to do about it.
 */
final class AccessRefusedException extends RuntimeException {

	private final String reason;

	AccessRefusedException(String reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * Return why, for the page.
	 * @return a short name of the reason
	 */
	String reason() {
		return this.reason;
	}

}
