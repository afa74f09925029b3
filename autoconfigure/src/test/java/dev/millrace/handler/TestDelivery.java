package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyReader;

/**
 * First attempts to handle records.
 */
public final class TestDelivery {

	private static final Deliveries DELIVERIES = new Deliveries(new BodyReader(JsonMapper.shared()), TopicPaths.NONE);

	private TestDelivery() {
	}

	/**
	 * Make a delivery.
	 * @param record the record
	 * @return its first attempt
	 */
	public static Delivery of(ConsumerRecord<byte[], byte[]> record) {
		return DELIVERIES.of(record, 1);
	}

	/**
	 * Return what makes deliveries.
	 * @return the deliveries
	 */
	public static Deliveries deliveries() {
		return DELIVERIES;
	}

}
