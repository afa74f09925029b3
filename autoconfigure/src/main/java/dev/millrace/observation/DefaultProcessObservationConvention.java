package dev.millrace.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import dev.millrace.StreamRecord;

/**
 * Names as the semantic conventions of OpenTelemetry have them for <a href=
 * "https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">messaging</a>
 * and <a href="https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">Kafka</a>,
 * version 1.43; their status is Development. Version 1.45 calls the ones of Kafka
 * {@code kafka.offset}, {@code kafka.message.key} and {@code kafka.message.tombstone},
 * and the system {@code messaging.system.name}; who wants those overrides this class.
 * {@code error.type} is {@code none} where nothing failed, because all timers of one name
 * must have the same tags.
 */
public class DefaultProcessObservationConvention implements ProcessObservationConvention {

	/**
	 * Name of the observations.
	 */
	public static final String NAME = "millrace.process";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(ProcessContext context) {
		return "process " + context.record().topic();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ProcessContext context) {
		return MessagingKeys.process(context.subscriber(), context.group(), context.record().topic(),
				context.getError());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ProcessContext context) {
		StreamRecord record = context.record();
		KeyValues values = KeyValues.of(
				KeyValue.of("messaging.destination.partition.id", String.valueOf(record.partition())),
				KeyValue.of("messaging.kafka.offset", String.valueOf(record.offset())),
				KeyValue.of("millrace.attempt", String.valueOf(record.attempt())));
		String key = record.key();
		if (key != null) {
			values = values.and("messaging.kafka.message.key", key);
		}
		return (record.source().value() == null) ? values.and("messaging.kafka.message.tombstone", "true") : values;
	}

}
