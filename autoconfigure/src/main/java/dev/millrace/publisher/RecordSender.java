package dev.millrace.publisher;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records. Safe for use by several threads.
 */
@FunctionalInterface
public interface RecordSender {

	/**
	 * Send records without waiting for the broker.
	 * @param records the records, at least one
	 * @param confirmed called once, from any thread, when the broker has confirmed all or
	 * the last of them has failed
	 */
	void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed);

}
