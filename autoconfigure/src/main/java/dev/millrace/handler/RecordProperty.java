package dev.millrace.handler;

import java.util.Map;

import org.springframework.kafka.support.KafkaHeaders;

/**
 * Properties of a record that Spring offers under the names of headers.
 */
final class RecordProperty {

	static final Map<String, ValueReader> BY_NAME = Map.of(KafkaHeaders.RECEIVED_TOPIC, (record) -> record.topic(),
			KafkaHeaders.RECEIVED_PARTITION, (record) -> record.partition(), KafkaHeaders.OFFSET,
			(record) -> record.offset(), KafkaHeaders.RECEIVED_TIMESTAMP, (record) -> record.timestamp(),
			KafkaHeaders.TIMESTAMP_TYPE, (record) -> record.timestampType().name(), KafkaHeaders.RECEIVED_KEY,
			(record) -> record.key());

	private RecordProperty() {
	}

}
