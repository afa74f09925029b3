package dev.millrace.chaos;

/**
 * One call of a handler.
 *
 * @param tenure the tenure during which the record was handed out
 * @param id the record
 * @param body what the handler was given
 * @param start when the handler began
 * @param end when it was through; {@link Long#MAX_VALUE} when the process ended first
 */
record Handling(Tenure tenure, RecordId id, String body, long start, long end) {

	boolean isComplete() {
		return this.end != Long.MAX_VALUE;
	}

	String instance() {
		return this.tenure.instance();
	}

	@Override
	public String toString() {
		return this.body + " (" + this.id + ") by " + this.tenure + ": " + this.start + ".."
				+ (isComplete() ? this.end : "");
	}

}
