package dev.millrace.failure;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.springframework.kafka.listener.DeadLetterRecordManager;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * The headers {@code kafka_dlt-*}, made by spring-kafka itself.
 */
final class SpringOriginHeaders implements OriginHeaders {

	private final DeadLetterRecordManager manager = new DeadLetterRecordManager();

	private final SubscriberEndpoint endpoint;

	SpringOriginHeaders(SubscriberEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void add(Headers headers, ConsumerRecord<byte[], byte[]> record, Throwable failure, int attempts) {
		// The only exception that spring-kafka takes the group from.
		ListenerExecutionFailedException exception = new ListenerExecutionFailedException(
				this.endpoint.describe() + " failed after " + attempts + " attempts",
				this.endpoint.consumer().groupId(), failure);
		this.manager.addAndEnhanceHeaders(record, exception, null, null, headers);
	}

}
