package dev.millrace.observation;

import java.util.List;

import io.micrometer.observation.Observation;

import dev.millrace.StreamRecord;

/**
 * Context of one call of a handler with a batch. It belongs to no trace of its records,
 * because they may be of several; with Micrometer Tracing it gets a link to each.
 */
public final class BatchContext extends Observation.Context {

	private final String subscriber;

	private final String group;

	private final List<StreamRecord> records;

	BatchContext(String subscriber, String group, List<? extends StreamRecord> records) {
		this.subscriber = subscriber;
		this.group = group;
		this.records = List.copyOf(records);
	}

	/**
	 * Return the subscriber.
	 * @return its id
	 */
	public String subscriber() {
		return this.subscriber;
	}

	/**
	 * Return the consumer group.
	 * @return its id
	 */
	public String group() {
		return this.group;
	}

	/**
	 * Return the records, also those that could not be decoded.
	 * @return the records, at least one
	 */
	public List<StreamRecord> records() {
		return this.records;
	}

}
