package dev.millrace.autoconfigure;

/**
 * Logging.
 */
public class LoggingProperties {

	/**
	 * Whether the logging context (MDC) tells which record is being handled.
	 */
	private boolean mdc = true;

	public boolean isMdc() {
		return this.mdc;
	}

	public void setMdc(boolean mdc) {
		this.mdc = mdc;
	}

}
