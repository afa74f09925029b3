package dev.millrace;

/**
 * Base of the exceptions by which a handler decides about the record that it handles
 * instead of returning. They are no failures: they are not logged as such and have no
 * stack trace. Without effect on the offset under {@link AckPolicy#ACK_FIRST}, where it
 * is committed already.
 */
public abstract sealed class RecordControl extends RuntimeException
		permits AckRecord, NackRecord, RejectRecord, SkipRecord {

	RecordControl(String message) {
		super(message, null, false, false);
	}

}
