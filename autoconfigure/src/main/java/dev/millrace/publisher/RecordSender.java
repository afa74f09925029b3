package dev.millrace.publisher;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records, in the order of the calls. Safe for use by several threads.
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

	/**
	 * Called before a request is sent that does not take this way.
	 * @throws IllegalStateException when nothing may be sent
	 */
	default void checkRequest() {
	}

	/**
	 * Take back what was sent for a record that has failed, if that is possible.
	 * @param failure why the record has failed
	 * @return whether that is so; then the record will be taken care of, and nothing more
	 * must be done about it
	 */
	default boolean takeBack(Throwable failure) {
		return false;
	}

}
