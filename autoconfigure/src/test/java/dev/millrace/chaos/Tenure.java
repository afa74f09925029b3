package dev.millrace.chaos;

import java.util.Locale;

/**
 * The time from one assignment of a partition to an application until the application
 * learned that it was over. An application that was killed never learned it.
 */
final class Tenure {

	private final String instance;

	private final int partition;

	private final long position;

	private final long from;

	private long to = Long.MAX_VALUE;

	private Ending ending = Ending.NONE;

	Tenure(String instance, int partition, long position, long from) {
		this.instance = instance;
		this.partition = partition;
		this.position = position;
		this.from = from;
	}

	void end(Ending ending, long to) {
		if (this.ending == Ending.NONE) {
			this.ending = ending;
			this.to = to;
		}
	}

	String instance() {
		return this.instance;
	}

	int partition() {
		return this.partition;
	}

	/**
	 * Return where it began.
	 * @return the offset that was committed then
	 */
	long position() {
		return this.position;
	}

	long from() {
		return this.from;
	}

	long to() {
		return this.to;
	}

	Ending ending() {
		return this.ending;
	}

	@Override
	public String toString() {
		return this.instance + "/" + this.partition + " from " + this.from + ((this.ending != Ending.NONE)
				? " to " + this.to + " (" + this.ending.name().toLowerCase(Locale.ROOT) + ")" : "");
	}

	/**
	 * How a tenure ended.
	 */
	enum Ending {

		/** As far as the application knew, it did not. */
		NONE,

		/** With a chance to drain and to commit. */
		REVOKED,

		/** The session had run out. */
		LOST

	}

}
