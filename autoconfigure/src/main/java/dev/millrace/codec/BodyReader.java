package dev.millrace.codec;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;

/**
 * Reads record bodies as values. The content type decides how; where a record has none,
 * the type that is asked for does. Every failure is a {@link DecodingException} that says
 * what was expected and where the record is, and never what is in it.
 */
public final class BodyReader {

	private final JsonMapper mapper;

	private final TextConverter textConverter;

	private final ObjectReader textReader;

	private final ObjectReader anyReader;

	private final Map<JavaType, ObjectReader> readers = new ConcurrentHashMap<>();

	/**
	 * Create a reader.
	 * @param mapper the mapper that reads JSON
	 */
	public BodyReader(JsonMapper mapper) {
		this.mapper = mapper;
		this.textConverter = new TextConverter(mapper);
		this.textReader = mapper.readerFor(String.class);
		this.anyReader = mapper.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * Read the body of a record.
	 * @param record the record
	 * @param target the type to read it as
	 * @return the value; {@code null} for a tombstone, for the JSON {@code null}, and for
	 * an empty body of no content type unless text or bytes are asked for
	 * @throws DecodingException when the body is no value of that type
	 */
	public @Nullable Object read(ConsumerRecord<byte[], byte[]> record, JavaType target) {
		byte[] body = record.value();
		if (body == null || target.getRawClass() == byte[].class) {
			return body;
		}
		ContentType contentType = ContentType.of(record.headers());
		try {
			return switch (contentType.kind()) {
				case JSON -> readJson(body, target);
				case TEXT -> this.textConverter.convert(decode(body, contentType.charset()), target);
				case UNMARKED -> readUnmarked(body, target);
				case OTHER -> throw new IllegalArgumentException("Not a content type that can be read");
			};
		}
		catch (RuntimeException ex) {
			throw failure(record, target.toCanonical(), contentType, ex);
		}
	}

	/**
	 * Read the body of a record.
	 * @param record the record
	 * @param target the type to read it as
	 * @return the value, as {@link #read(ConsumerRecord, JavaType)} says
	 * @throws DecodingException when the body is no value of that type
	 */
	public @Nullable Object read(ConsumerRecord<byte[], byte[]> record, Type target) {
		return read(record, this.mapper.constructType(target));
	}

	/**
	 * Return the media type of a record's body.
	 * @param record the record
	 * @return the media type in lower case, without parameters; empty when the record
	 * does not say
	 */
	public String contentType(ConsumerRecord<byte[], byte[]> record) {
		return ContentType.of(record.headers()).mediaType();
	}

	/**
	 * Open the body of a record as JSON tokens, whatever its content type unless that
	 * says that it is something else.
	 * @param record the record
	 * @param expected what is expected, for the error
	 * @return a parser before the first token, or {@code null} when there is no body
	 * @throws DecodingException when the content type rules JSON out
	 */
	public @Nullable JsonParser open(ConsumerRecord<byte[], byte[]> record, String expected) {
		byte[] body = record.value();
		if (body == null) {
			return null;
		}
		ContentType contentType = ContentType.of(record.headers());
		return switch (contentType.kind()) {
			case JSON -> this.mapper.createParser(body);
			case UNMARKED -> (body.length > 0) ? this.mapper.createParser(body) : null;
			case TEXT, OTHER -> throw failure(record, expected, contentType, null);
		};
	}

	/**
	 * Create the exception for a body that is not what was expected.
	 * @param record the record
	 * @param expected what is expected
	 * @param cause why it is not
	 * @return the exception
	 */
	public DecodingException failure(ConsumerRecord<byte[], byte[]> record, String expected,
			@Nullable Throwable cause) {
		return failure(record, expected, ContentType.of(record.headers()), cause);
	}

	private @Nullable Object readJson(byte[] body, JavaType target) {
		return (isText(target)) ? readJsonAsText(body) : reader(target).readValue(body);
	}

	private @Nullable Object readUnmarked(byte[] body, JavaType target) {
		if (isText(target)) {
			return decode(body, StandardCharsets.UTF_8);
		}
		if (body.length == 0) {
			return null;
		}
		return (target.isJavaLangObject()) ? readAnything(body) : reader(target).readValue(body);
	}

	private @Nullable Object readJsonAsText(byte[] body) {
		int first = firstByte(body);
		if (first < 0) {
			throw new IllegalArgumentException("No content");
		}
		if (first == '"') {
			return this.textReader.readValue(body);
		}
		String text = decode(body, StandardCharsets.UTF_8);
		return (first == 'n' && text.strip().equals("null")) ? null : text;
	}

	private Object readAnything(byte[] body) {
		if (mayBeJson(firstByte(body))) {
			try {
				return this.anyReader.readValue(body);
			}
			catch (JacksonException ex) {
				// Text that happens to begin like JSON
			}
		}
		String text = TextDecoder.decode(body, StandardCharsets.UTF_8);
		return (text != null) ? text : body;
	}

	private ObjectReader reader(JavaType target) {
		ObjectReader reader = this.readers.get(target);
		return (reader != null) ? reader : this.readers.computeIfAbsent(target, this.mapper::readerFor);
	}

	private static boolean isText(JavaType target) {
		return target.getRawClass() == String.class || target.getRawClass() == CharSequence.class;
	}

	private static int firstByte(byte[] body) {
		for (byte b : body) {
			if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
				return b & 0xFF;
			}
		}
		return -1;
	}

	private static boolean mayBeJson(int first) {
		return first >= 0 && "{[\"-0123456789tfn".indexOf(first) >= 0;
	}

	private static String decode(byte[] body, Charset charset) {
		String text = TextDecoder.decode(body, charset);
		if (text == null) {
			throw new IllegalArgumentException("Malformed " + charset.name());
		}
		return text;
	}

	private static DecodingException failure(ConsumerRecord<byte[], byte[]> record, String expected,
			ContentType contentType, @Nullable Throwable cause) {
		return new DecodingException("Can't read the body of %s-%d@%d, %s, as %s".formatted(record.topic(),
				record.partition(), record.offset(), contentType.describe(), expected), cause);
	}

}
