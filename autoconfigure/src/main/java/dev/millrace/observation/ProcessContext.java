package dev.millrace.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.apache.kafka.common.header.Headers;

import dev.millrace.StreamRecord;

/**
 * Context of one attempt to handle a record. What is in the record's headers of a trace
 * is where the observation belongs to.
 */
public final class ProcessContext extends ReceiverContext<Headers> {

	private final String subscriber;

	private final String group;

	private final StreamRecord record;

	ProcessContext(String subscriber, String group, StreamRecord record) {
		super(HeaderText::of, Kind.CONSUMER);
		this.subscriber = subscriber;
		this.group = group;
		this.record = record;
		setCarrier(record.source().headers());
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
	 * Return the record.
	 * @return the record, as interceptors see it
	 */
	public StreamRecord record() {
		return this.record;
	}

}
