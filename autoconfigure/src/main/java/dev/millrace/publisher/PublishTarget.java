package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamRecord;

/**
 * What an application's own publishing belongs to. Safe for use by several threads.
 */
interface PublishTarget {

	/**
	 * Return the correlation id of what is published.
	 * @return a header with a value of UTF-8 text
	 */
	Header correlationId();

	/**
	 * Return the record that is being handled.
	 * @return the record, or {@code null}
	 */
	@Nullable StreamRecord handled();

	/**
	 * Return what everything passes that is published.
	 * @return the interceptors, the outermost first
	 */
	List<PublisherInterceptor> interceptors();

	/**
	 * Called before a request is made, which is sent at once.
	 * @throws IllegalStateException when nothing may be sent
	 */
	default void checkRequest() {
	}

	/**
	 * Send what one body has become.
	 * @param records the records, at least one
	 * @return completes when the broker has confirmed all, with the result of the first
	 */
	CompletableFuture<PublishResult> send(List<ProducerRecord<byte[], byte[]>> records);

	/**
	 * Send what one body has become, if anything.
	 * @param topic where it was to be published
	 * @param records the records
	 * @return as for {@link #send}
	 */
	default CompletableFuture<PublishResult> publish(String topic, List<ProducerRecord<byte[], byte[]>> records) {
		return records.isEmpty() ? PublishResults.ofOne(topic, List.of()) : send(records);
	}

}
