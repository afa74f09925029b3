package dev.millrace.test.broker;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sees each record that is written to an in-memory broker.
 */
@FunctionalInterface
public interface RecordListener {

	/**
	 * Called for each record, in the order of their offsets, by the producer's network
	 * thread. No other client gets on meanwhile, so nothing may be waited for here. A
	 * record of a transaction is seen when it is written and not when the transaction is
	 * committed.
	 * @param record the record as consumers will get it
	 */
	void appended(ConsumerRecord<byte[], byte[]> record);

}
