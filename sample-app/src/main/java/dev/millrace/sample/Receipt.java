package dev.millrace.sample;

import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Where the broker keeps a record that was published.
 *
 * @param topic the topic
 * @param partition the partition of the topic
 * @param offset the position in the partition
 */
public record Receipt(String topic, int partition, long offset) {

	static Receipt of(RecordMetadata metadata) {
		return new Receipt(metadata.topic(), metadata.partition(), metadata.offset());
	}

}
