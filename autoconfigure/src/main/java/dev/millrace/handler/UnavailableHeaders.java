package dev.millrace.handler;

import java.util.Map;

import org.springframework.kafka.support.KafkaHeaders;

/**
 * Names of Spring for what its own containers add to a message or its template takes from
 * it, which no record carries here, and what to take instead.
 */
final class UnavailableHeaders {

	private static final String REMOVE = "Remove the parameter: ";

	static final Map<String, String> REMEDIES = Map.ofEntries(
			Map.entry(KafkaHeaders.ACKNOWLEDGMENT,
					"To decide about the record, take dev.millrace.Acknowledgment instead."),
			Map.entry(KafkaHeaders.CONSUMER, REMOVE + "Millrace commits offsets itself."),
			Map.entry(KafkaHeaders.GROUP_ID, REMOVE + "the group is a setting of the subscriber."),
			Map.entry(KafkaHeaders.LISTENER_INFO, REMOVE + "it is a setting of Spring's own containers."),
			Map.entry(KafkaHeaders.CONVERSION_FAILURES, REMOVE + "what can't be read does not reach the handler."),
			Map.entry(KafkaHeaders.RAW_DATA, "Take Kafka's ConsumerRecord instead."),
			Map.entry(KafkaHeaders.NATIVE_HEADERS, "Take Kafka's Headers instead."),
			Map.entry(KafkaHeaders.BATCH_CONVERTED_HEADERS, "Take @Headers List<Map<String, String>> instead."),
			Map.entry(KafkaHeaders.DELIVERY_ATTEMPT, "Take dev.millrace.StreamRecord instead, whose attempt() it is."),
			Map.entry(KafkaHeaders.RECORD_METADATA, "Take Spring's ConsumerRecordMetadata instead."),
			Map.entry(KafkaHeaders.TOPIC, "Take KafkaHeaders.RECEIVED_TOPIC instead."),
			Map.entry(KafkaHeaders.PARTITION, "Take KafkaHeaders.RECEIVED_PARTITION instead."),
			Map.entry(KafkaHeaders.KEY, "Take KafkaHeaders.RECEIVED_KEY instead."),
			Map.entry(KafkaHeaders.TIMESTAMP, "Take KafkaHeaders.RECEIVED_TIMESTAMP instead."));

	private UnavailableHeaders() {
	}

}
