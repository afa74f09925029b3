package dev.millrace.failure;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Says in the headers of a dead letter where it came from and why.
 */
@FunctionalInterface
interface OriginHeaders {

	void add(Headers headers, ConsumerRecord<byte[], byte[]> record, Throwable failure, int attempts);

}
