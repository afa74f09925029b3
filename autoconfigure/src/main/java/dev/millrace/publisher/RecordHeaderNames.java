package dev.millrace.publisher;

/**
 * Names of the headers that Millrace writes and reads. The first three are those that
 * FastStream uses; it ignores the others.
 */
public final class RecordHeaderNames {

	/** Media type of the body. */
	public static final String CONTENT_TYPE = "content-type";

	/** What an answer has in common with its request. */
	public static final String CORRELATION_ID = "correlation_id";

	/** Topic in which an answer is expected. */
	public static final String REPLY_TO = "reply_to";

	/** Says that an answer may be an error. */
	static final String REPLY_ERRORS = "reply_errors";

	/** Class of the exception that is answered with. */
	public static final String ERROR_TYPE = "error_type";

	/** Message of the exception that is answered with. */
	public static final String ERROR_MESSAGE = "error_message";

	private RecordHeaderNames() {
	}

}
