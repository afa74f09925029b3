package dev.millrace.benchmarks;

/**
 * What becomes of the invoices when an application crashes.
 */
enum Guarantee {

	/** An offset is committed when the broker has confirmed the invoice. */
	CONFIRMED("confirmed before the commit"),

	/** An offset may be committed whose invoice the broker does not have. */
	MAY_BE_LOST("**may be lost**");

	private final String label;

	Guarantee(String label) {
		this.label = label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
