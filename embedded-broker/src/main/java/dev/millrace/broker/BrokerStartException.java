package dev.millrace.broker;

import org.jspecify.annotations.Nullable;

/**
 * Failure to start a broker. The message names the directory or the port in question.
 */
public final class BrokerStartException extends RuntimeException {

	private final Reason reason;

	BrokerStartException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * Why the broker did not start.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Kinds of failure.
	 */
	public enum Reason {

		/**
		 * Another process listens on the port.
		 */
		PORT_IN_USE,

		/**
		 * Another broker, of this or another process, uses the data directory.
		 */
		DIRECTORY_IN_USE,

		/**
		 * The data directory can not be created or written.
		 */
		DIRECTORY_NOT_WRITABLE,

		/**
		 * The broker refused its settings or its data, or did not come up in time.
		 */
		BROKER_FAILED

	}

}
