package dev.millrace;

/**
 * Makes the record a dead letter at once.
 */
public final class RejectRecord extends RecordControl {

	/**
	 * Create the exception.
	 */
	public RejectRecord() {
		this("The handler has rejected the record");
	}

	/**
	 * Create the exception with a reason.
	 * @param reason why, for the headers of the dead letter
	 */
	public RejectRecord(String reason) {
		super(reason);
	}

}
