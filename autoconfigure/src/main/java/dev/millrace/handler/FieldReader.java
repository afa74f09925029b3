package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads the field of a JSON body that one parameter takes.
 */
final class FieldReader {

	private final HandlerParameter parameter;

	private final String source;

	private final ValueDeserializer<Object> deserializer;

	private final int index;

	private final boolean primitive;

	FieldReader(HandlerParameter parameter, String source, ValueDeserializer<Object> deserializer) {
		this.parameter = parameter;
		this.source = source;
		this.deserializer = deserializer;
		this.index = parameter.index();
		this.primitive = parameter.type().isPrimitive();
	}

	void read(JsonParser parser, DeserializationContext context, ConsumerRecord<?, ?> record,
			@Nullable Object[] arguments) {
		try {
			arguments[this.index] = value(parser, context);
		}
		catch (RuntimeException ex) {
			throw this.parameter.failure(this.source, record, ex);
		}
	}

	void finish(ConsumerRecord<?, ?> record, @Nullable Object[] arguments) {
		arguments[this.index] = this.parameter.argument(arguments[this.index], this.source, record);
	}

	private @Nullable Object value(JsonParser parser, DeserializationContext context) {
		if (!parser.hasToken(JsonToken.VALUE_NULL)) {
			return this.deserializer.deserialize(parser, context);
		}
		return (this.primitive) ? null : this.deserializer.getNullValue(context);
	}

}
