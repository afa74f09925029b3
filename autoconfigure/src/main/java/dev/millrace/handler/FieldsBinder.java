package dev.millrace.handler;

import java.util.Arrays;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.databind.DeserializationContext;

import dev.millrace.StreamException;
import dev.millrace.codec.BodyReader;

/**
 * Spreads the body over several parameters: the fields of a JSON object by name, the
 * elements of a JSON array by position. One pass over the tokens; nothing is built but
 * the arguments.
 */
final class FieldsBinder implements ArgumentBinder {

	private static final String EXPECTED = "a JSON object or array to take the parameters from";

	private final BodyReader bodyReader;

	private final FieldReader[] fields;

	private final FieldMatcher matcher;

	private final boolean rejectsTrailingTokens;

	FieldsBinder(BodyReader bodyReader, List<FieldReader> fields, FieldMatcher matcher, boolean rejectsTrailingTokens) {
		this.bodyReader = bodyReader;
		this.fields = fields.toArray(new FieldReader[0]);
		this.matcher = matcher;
		this.rejectsTrailingTokens = rejectsTrailingTokens;
	}

	@Override
	public void bind(Delivery delivery, @Nullable Object[] arguments) {
		ConsumerRecord<byte[], byte[]> record = delivery.source();
		try (JsonParser parser = this.bodyReader.open(record, EXPECTED)) {
			if (parser != null) {
				read(parser, record, arguments);
			}
		}
		catch (StreamException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw this.bodyReader.failure(record, EXPECTED, ex);
		}
		for (FieldReader field : this.fields) {
			field.finish(record, arguments);
		}
	}

	private void read(JsonParser parser, ConsumerRecord<?, ?> record, @Nullable Object[] arguments) {
		DeserializationContext context = (DeserializationContext) parser.objectReadContext();
		JsonToken first = parser.nextToken();
		if (first == JsonToken.START_OBJECT) {
			readObject(parser, context, record, arguments);
		}
		else if (first == JsonToken.START_ARRAY) {
			readArray(parser, context, record, arguments);
		}
		else if (first != JsonToken.VALUE_NULL) {
			throw new IllegalArgumentException("Neither an object nor an array");
		}
		context.checkUnresolvedObjectId();
		if (this.rejectsTrailingTokens && parser.nextToken() != null) {
			throw new IllegalArgumentException("More than one value");
		}
	}

	private void readObject(JsonParser parser, DeserializationContext context, ConsumerRecord<?, ?> record,
			@Nullable Object[] arguments) {
		int[] bestRanks = new int[this.fields.length];
		Arrays.fill(bestRanks, Integer.MAX_VALUE);
		int candidate = this.matcher.next(parser);
		while (candidate != PropertyNameMatcher.MATCH_END_OBJECT) {
			parser.nextToken();
			int field = (candidate >= 0) ? this.matcher.field(candidate) : -1;
			if (field >= 0 && this.matcher.rank(candidate) <= bestRanks[field]) {
				bestRanks[field] = this.matcher.rank(candidate);
				this.fields[field].read(parser, context, record, arguments);
			}
			else {
				parser.skipChildren();
			}
			candidate = this.matcher.next(parser);
		}
	}

	private void readArray(JsonParser parser, DeserializationContext context, ConsumerRecord<?, ?> record,
			@Nullable Object[] arguments) {
		int position = 0;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (position < this.fields.length) {
				this.fields[position++].read(parser, context, record, arguments);
			}
			else {
				parser.skipChildren();
			}
		}
	}

}
