package dev.millrace.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * What observations of one name have in common.
 */
final class MessagingKeys {

	private static final KeyValue SYSTEM = KeyValue.of("messaging.system", "kafka");

	private MessagingKeys() {
	}

	static KeyValues process(String subscriber, String group, String topic, @Nullable Throwable error) {
		return values("process", topic, error).and(KeyValue.of("messaging.consumer.group.name", group),
				KeyValue.of("millrace.subscriber", subscriber));
	}

	static KeyValues send(String topic, @Nullable Throwable error) {
		return values("send", topic, error);
	}

	private static KeyValues values(String operation, String topic, @Nullable Throwable error) {
		return KeyValues.of(SYSTEM, KeyValue.of("messaging.operation.name", operation),
				KeyValue.of("messaging.operation.type", operation), KeyValue.of("messaging.destination.name", topic),
				KeyValue.of("error.type", (error != null) ? error.getClass().getName() : KeyValue.NONE_VALUE));
	}

}
