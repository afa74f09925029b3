package dev.millrace.codec;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamException;

/**
 * Writes values as record bodies. A codec writes what it is there for. All else is
 * written as it is asked for, or else text as UTF-8 {@code text/plain}, {@code byte[]} as
 * {@code application/octet-stream}, everything else as compact {@code application/json}.
 */
public final class BodyWriter {

	private static final List<Header> TEXT = List.of(contentType("text/plain"));

	private static final List<Header> BYTES = List.of(contentType("application/octet-stream"));

	private static final List<Header> JSON = List.of(contentType("application/json"));

	private final JsonMapper mapper;

	private final StreamCodecs codecs;

	private final JsonWriter json;

	private final @Nullable StreamCodec named;

	private final @Nullable ContentType asked;

	private final List<Header> askedHeader;

	/**
	 * Create a writer that only writes JSON, text and bytes.
	 * @param mapper the mapper that writes JSON
	 */
	public BodyWriter(JsonMapper mapper) {
		this(mapper, StreamCodecs.none());
	}

	/**
	 * Create a writer.
	 * @param mapper the mapper that writes JSON
	 * @param codecs the codecs for everything else
	 */
	public BodyWriter(JsonMapper mapper, StreamCodecs codecs) {
		this(mapper, codecs, JsonWriter.of(mapper), null, null);
	}

	private BodyWriter(JsonMapper mapper, StreamCodecs codecs, JsonWriter json, @Nullable StreamCodec named,
			@Nullable ContentType asked) {
		this.mapper = mapper;
		this.codecs = codecs;
		this.json = json;
		this.named = named;
		this.asked = asked;
		this.askedHeader = (asked != null) ? List.of(contentType(asked.name())) : List.of();
	}

	/**
	 * Return a writer that knows the declared type of its values. What a value is at run
	 * time says too little about the elements of a collection: without this, those of a
	 * {@code List<Shape>} would lose the type ids of {@code @JsonTypeInfo}. What takes
	 * the place of such a value, of an exception handler or an interceptor, is written as
	 * what it is.
	 * @param declared the declared type of the values
	 * @return the writer
	 */
	public BodyWriter forType(Type declared) {
		JavaType type = this.mapper.constructType(declared);
		boolean elementsAreTyped = type.isContainerType() && !type.getContentType().isJavaLangObject();
		return (elementsAreTyped)
				? new BodyWriter(this.mapper, this.codecs, this.json.forType(type), this.named, this.asked) : this;
	}

	/**
	 * Return a writer for the records of one publisher.
	 * @param codec the name of the codec that writes everything, or {@code null}
	 * @param contentType the content type that is asked for, or {@code null}
	 * @param valueType what is known about the class of the values
	 * @param where the publisher, for errors
	 * @return the writer; this one when it writes the same for all publishers
	 * @throws StreamConfigurationException when there is no such codec, or when values of
	 * that class can't be written as that content type
	 */
	public BodyWriter forPublisher(@Nullable String codec, @Nullable String contentType, Class<?> valueType,
			String where) {
		if (codec == null && contentType == null && this.codecs.isEmpty()) {
			return this;
		}
		ContentType asked = (contentType != null) ? ContentType.parse(contentType) : null;
		StreamCodec named = (codec != null) ? this.codecs.named(codec, where)
				: (asked != null) ? this.codecs.ofContentType(asked) : null;
		if (named == null && asked != null) {
			check(asked, valueType, where);
		}
		return new BodyWriter(this.mapper, this.codecs, this.json, named, asked);
	}

	private void check(ContentType asked, Class<?> valueType, String where) {
		if (asked.kind() != ContentType.Kind.JSON && isNeverText(valueType) && this.codecs.ofType(valueType) == null) {
			throw new StreamConfigurationException(
					"%s asks for the content type '%s', as which nothing can write %s.".formatted(where, asked.name(),
							valueType.getTypeName()),
					"Declare a bean of type dev.millrace.codec.StreamCodec that has it, or return text or bytes.");
		}
		if (!asked.canEncode() && valueType != byte[].class && !isNeverText(valueType)) {
			throw new StreamConfigurationException(
					"%s asks for the content type '%s', whose charset can't be written.".formatted(where, asked.name()),
					"Correct the charset, or publish bytes.");
		}
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @param topic the topic of the record
	 * @return the body
	 * @throws StreamException when the value can't be written
	 */
	public EncodedBody write(Object value, String topic) {
		if (this.named != null) {
			return write(this.named, value, topic);
		}
		if (value instanceof CharSequence text) {
			return (this.asked != null) ? new EncodedBody(encode(text, this.asked), this.askedHeader)
					: new EncodedBody(text.toString().getBytes(StandardCharsets.UTF_8), TEXT);
		}
		if (value instanceof byte[] bytes) {
			return new EncodedBody(bytes, (this.asked != null) ? this.askedHeader : BYTES);
		}
		StreamCodec codec = (this.codecs.isEmpty()) ? null : codec(value.getClass());
		return (codec != null) ? write(codec, value, topic) : writeJson(value);
	}

	private static byte[] encode(CharSequence text, ContentType contentType) {
		byte[] bytes = contentType.canEncode() ? TextEncoder.encode(text.toString(), contentType.charset()) : null;
		if (bytes == null) {
			throw new StreamException(
					"Can't write a %s as %s".formatted(text.getClass().getTypeName(), contentType.name()), null);
		}
		return bytes;
	}

	private @Nullable StreamCodec codec(Class<?> type) {
		StreamCodec codec = this.codecs.ofType(type);
		return (codec == null && this.asked == null) ? this.codecs.serdeWriting(type) : codec;
	}

	private EncodedBody writeJson(Object value) {
		if (this.asked != null && this.asked.kind() != ContentType.Kind.JSON) {
			throw new StreamException(
					"Can't write a %s as %s".formatted(value.getClass().getTypeName(), this.asked.name()), null);
		}
		try {
			return new EncodedBody(this.json.write(value), (this.asked != null) ? this.askedHeader : JSON);
		}
		catch (JacksonException ex) {
			throw new StreamException("Can't write a " + value.getClass().getTypeName() + " as JSON", ex);
		}
	}

	private EncodedBody write(StreamCodec codec, Object value, String topic) {
		RecordHeaders headers = new RecordHeaders();
		byte[] bytes;
		try {
			bytes = codec.write(value,
					new OutboundRecord(topic, headers, (this.asked != null) ? this.asked.name() : null));
		}
		catch (StreamException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new StreamException("Can't write a %s to %s by %s".formatted(value.getClass().getTypeName(), topic,
					codec.getClass().getName()), ex);
		}
		if (headers.lastHeader(ContentType.HEADER) == null) {
			this.askedHeader.forEach(headers::add);
		}
		return new EncodedBody(bytes, List.of(headers.toArray()));
	}

	private static boolean isNeverText(Class<?> type) {
		return type != byte[].class && !CharSequence.class.isAssignableFrom(type)
				&& !type.isAssignableFrom(String.class);
	}

	private static Header contentType(String name) {
		return new RecordHeader(ContentType.HEADER, name.getBytes(StandardCharsets.UTF_8));
	}

}
