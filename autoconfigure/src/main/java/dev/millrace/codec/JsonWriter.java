package dev.millrace.codec;

import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON: values of the declared type by what that says, all others by what they
 * are, because Jackson refuses them where a type is declared.
 */
final class JsonWriter {

	private final ObjectWriter plain;

	private final ObjectWriter typed;

	private final Class<?> declared;

	private JsonWriter(ObjectWriter plain, ObjectWriter typed, Class<?> declared) {
		this.plain = plain;
		this.typed = typed;
		this.declared = declared;
	}

	static JsonWriter of(JsonMapper mapper) {
		ObjectWriter compact = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
		return new JsonWriter(compact, compact, Object.class);
	}

	JsonWriter forType(JavaType type) {
		return new JsonWriter(this.plain, this.plain.forType(type), type.getRawClass());
	}

	byte[] write(Object value) {
		return (this.declared.isInstance(value) ? this.typed : this.plain).writeValueAsBytes(value);
	}

}
