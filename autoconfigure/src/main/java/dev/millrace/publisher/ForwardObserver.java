package dev.millrace.publisher;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Watches over the sending of copies, of which there are retries and dead letters: they
 * pass no interceptors. Safe for use by several threads.
 */
@FunctionalInterface
public interface ForwardObserver {

	/**
	 * Does not watch.
	 */
	ForwardObserver NONE = (record, topic, headers, confirmed) -> confirmed;

	/**
	 * A record is about to be copied. Called by the thread that has handled it, where
	 * there is one.
	 * @param record the record
	 * @param topic where to
	 * @param headers the headers of the copy, so far as it came
	 * @param confirmed what is to be told how the sending has ended
	 * @return what is told instead, and tells it
	 */
	Confirmation forwarding(ConsumerRecord<byte[], byte[]> record, String topic, Headers headers,
			Confirmation confirmed);

}
