package dev.millrace.codec;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamException;

/**
 * Writes values as record bodies: text as UTF-8 {@code text/plain}, {@code byte[]} as
 * {@code application/octet-stream}, everything else as compact {@code application/json}.
 */
public final class BodyWriter {

	private static final Header TEXT = contentType("text/plain");

	private static final Header BYTES = contentType("application/octet-stream");

	private static final Header JSON = contentType("application/json");

	private final JsonMapper mapper;

	private final ObjectWriter json;

	/**
	 * Create a writer.
	 * @param mapper the mapper that writes JSON
	 */
	public BodyWriter(JsonMapper mapper) {
		this(mapper, mapper.writer().without(SerializationFeature.INDENT_OUTPUT));
	}

	private BodyWriter(JsonMapper mapper, ObjectWriter json) {
		this.mapper = mapper;
		this.json = json;
	}

	/**
	 * Return a writer that knows the declared type of its values. What a value is at run
	 * time says too little about the elements of a collection: without this, those of a
	 * {@code List<Shape>} would lose the type ids of {@code @JsonTypeInfo}.
	 * @param declared the declared type of every value
	 * @return the writer
	 */
	public BodyWriter forType(Type declared) {
		JavaType type = this.mapper.constructType(declared);
		boolean elementsAreTyped = type.isContainerType() && !type.getContentType().isJavaLangObject();
		return (elementsAreTyped) ? new BodyWriter(this.mapper, this.json.forType(type)) : this;
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @return the body
	 * @throws StreamException when the mapper can't write the value
	 */
	public EncodedBody write(Object value) {
		if (value instanceof CharSequence text) {
			return new EncodedBody(text.toString().getBytes(StandardCharsets.UTF_8), TEXT);
		}
		if (value instanceof byte[] bytes) {
			return new EncodedBody(bytes, BYTES);
		}
		try {
			return new EncodedBody(this.json.writeValueAsBytes(value), JSON);
		}
		catch (JacksonException ex) {
			throw new StreamException("Can't write a " + value.getClass().getTypeName() + " as JSON", ex);
		}
	}

	private static Header contentType(String name) {
		return new RecordHeader(ContentType.HEADER, name.getBytes(StandardCharsets.UTF_8));
	}

}
