package dev.millrace.observation;

import java.nio.charset.StandardCharsets;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;

/**
 * Names as those of {@link DefaultProcessObservationConvention}, for a producer.
 */
public class DefaultPublishObservationConvention implements PublishObservationConvention {

	/**
	 * Name of the observations.
	 */
	public static final String NAME = "millrace.publish";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(PublishContext context) {
		return "send " + context.topic();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(PublishContext context) {
		return MessagingKeys.send(context.topic(), context.getError());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(PublishContext context) {
		KeyValues values = KeyValues.empty();
		String key = text(context.key());
		if (key != null) {
			values = values.and("messaging.kafka.message.key", key);
		}
		PublishResult result = context.result();
		if (result != null && result.partition() >= 0) {
			values = values.and(KeyValue.of("messaging.destination.partition.id", String.valueOf(result.partition())),
					KeyValue.of("messaging.kafka.offset", String.valueOf(result.offset())));
		}
		return values;
	}

	private static @Nullable String text(@Nullable Object key) {
		if (key instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		return (key != null) ? key.toString() : null;
	}

}
