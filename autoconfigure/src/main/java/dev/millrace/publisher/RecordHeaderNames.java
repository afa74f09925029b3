package dev.millrace.publisher;

/**
 * Names of the headers that Millrace writes and reads, the ones that FastStream uses.
 */
final class RecordHeaderNames {

	static final String CONTENT_TYPE = "content-type";

	static final String CORRELATION_ID = "correlation_id";

	static final String REPLY_TO = "reply_to";

	private RecordHeaderNames() {
	}

}
