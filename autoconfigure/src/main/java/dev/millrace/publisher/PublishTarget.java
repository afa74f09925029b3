package dev.millrace.publisher;

import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import dev.millrace.PublishResult;

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
	 * Send a record.
	 * @param record the record
	 * @return completes when the broker has confirmed it
	 */
	CompletableFuture<PublishResult> send(ProducerRecord<byte[], byte[]> record);

}
