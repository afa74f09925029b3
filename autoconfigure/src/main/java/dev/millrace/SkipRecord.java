package dev.millrace;

/**
 * Finishes the record without publishing anything and counts it as skipped: it was none
 * of this handler's.
 */
public final class SkipRecord extends RecordControl {

	/**
	 * Create the exception.
	 */
	public SkipRecord() {
		super("The handler has skipped the record");
	}

}
