package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

/**
 * Binds where the record is, without its content.
 */
final class MetadataArgumentResolver implements ArgumentResolver {

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		return (parameter.type().getRawClass() == ConsumerRecordMetadata.class)
				? new ParameterBinder(parameter, "metadata", MetadataArgumentResolver::metadata) : null;
	}

	private static ConsumerRecordMetadata metadata(ConsumerRecord<byte[], byte[]> record) {
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		RecordMetadata metadata = new RecordMetadata(partition, record.offset(), 0, record.timestamp(),
				record.serializedKeySize(), record.serializedValueSize());
		return new ConsumerRecordMetadata(metadata, record.timestampType());
	}

}
