package dev.millrace.codec;

import java.io.ByteArrayOutputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * CloudEvent as one JSON object.
 */
final class JsonEnvelope {

	private static final String DATA = "data";

	private static final JsonFactory FACTORY = new JsonFactory();

	private JsonEnvelope() {
	}

	/**
	 * Take the data out of an event, with its numbers as they were written.
	 * @param event the event
	 * @return the data as JSON, or {@code null} when there is none
	 */
	static byte @Nullable [] data(byte[] event) {
		byte[] data = null;
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), event)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				if (DATA.equals(name)) {
					data = copy(parser);
				}
				parser.skipChildren();
			}
		}
		return data;
	}

	private static byte[] copy(JsonParser parser) {
		ByteArrayOutputStream copy = new ByteArrayOutputStream();
		try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), copy)) {
			generator.copyCurrentStructureExact(parser);
		}
		return copy.toByteArray();
	}

}
