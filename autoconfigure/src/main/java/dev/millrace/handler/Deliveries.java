package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.millrace.codec.BodyReader;

/**
 * Makes the deliveries of one subscriber. Safe for use by several threads.
 */
public final class Deliveries {

	private final BodyReader bodies;

	private final TopicPaths paths;

	Deliveries(BodyReader bodies, TopicPaths paths) {
		this.bodies = bodies;
		this.paths = paths;
	}

	/**
	 * Make the delivery of one attempt.
	 * @param record the record as it was polled
	 * @param attempt the number of the attempt, from 1
	 * @return the delivery
	 */
	public Delivery of(ConsumerRecord<byte[], byte[]> record, int attempt) {
		return new Delivery(record, attempt, this.bodies, this.paths);
	}

}
