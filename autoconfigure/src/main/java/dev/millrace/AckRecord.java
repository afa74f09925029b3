package dev.millrace;

/**
 * Finishes the record as handled, without publishing anything.
 */
public final class AckRecord extends RecordControl {

	/**
	 * Create the exception.
	 */
	public AckRecord() {
		super("The handler has acknowledged the record");
	}

}
